// What is told about the demo world beyond word lists: sizes of provinces, communes known in full, divided communes, the rows of xã Ea Kar, who signs in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace khuyenhoc {

struct ProvinceScript {
  std::string code;                    // of the old province
  std::string region;                  // of the word lists
  std::int64_t people = 0;
  std::int64_t members_permille = 0;
  std::int64_t raised_per_head = 0;    // đồng in half a year
  std::int64_t fund_per_head = 0;      // đồng at the beginning of 2018
  std::int64_t partners_per_head = 0;  // đồng that offices and other bodies raise beside the association, in half a year
  std::vector<std::int64_t> models;    // permille of families, clans, villages and units recognised in 2020
  std::vector<std::string> full;       // communes of today whose branches and boards are known
  std::vector<std::string> full_districts;
  std::int64_t without = -1;           // communes that have no association yet; -1: by chance
};

struct DividedScript {
  std::string province, commune;       // the old one
  std::vector<std::string> into;       // codes of today
  std::int64_t remaining = 0;          // members that no minutes have handed over
  std::int64_t branches = 0, branch_members = 0;
};

struct RowScript {
  std::string old_commune, name, kind, head;
  std::int64_t listed = 0;             // members with a list, within the total
  bool silent = false;                 // nothing reported in the open period
  bool typed_by_hand = false;          // typed in the last days, by its head or the secretary
  std::vector<std::int64_t> now, before;
};

struct GroupScript {
  std::string old_commune;             // empty for schools and offices
  std::int64_t villages = 0, schools = 0, offices = 0;
  std::vector<std::int64_t> now, before;
};

struct SignInScript {
  std::string telephone, salutation, name;
  std::string body;                    // "centre", "province 66", "commune 66/24373", "row Thôn 8"
  std::string post;
};

struct DemoScript {
  std::vector<ProvinceScript> provinces;
  std::vector<DividedScript> divided;
  std::string commune;                 // of the rows
  std::vector<std::string> columns;    // codes of measures
  std::vector<GroupScript> groups;
  std::vector<RowScript> rows;
  std::string password;
  std::vector<SignInScript> people;

  static Result<DemoScript> parse(std::string_view toml);
  static const DemoScript& house();
};

}  // namespace khuyenhoc
