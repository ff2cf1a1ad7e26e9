// Dựng tổ chức của thời kỳ trước: the associations of an earlier territory are founded so that figures of that time have a place, ended on the day when today's
// bodies followed, and taken back as one. What became of them follows the territory: an old commune with one successor is part of it; a divided one, and a district
// that is several communes now, stands on a line of its own under the province.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "past_years/past_years_queries.h"
#include "shell/house.h"

namespace khuyenhoc {

class Viewer;

// The association of a unit on a day, or none: of a province, a district, a commune.
BodyId association_of(const Organisation& organisation, UnitId unit, Day day);

struct OldBody {
  UnitId unit;
  std::string kind, name, short_name;
  UnitId above;                         // the unit whose association it answers to; none: the centre
  Day ended;
  std::vector<BodyId> heirs;            // one: it is part of it; several: divided; none: a line under the province
  std::string follows;                  // "Hội Khuyến học xã Ea Kar", "số liệu chung chưa tách được, dưới Hội Khuyến học tỉnh Đắk Lắk"
};

struct OldBodiesPlan {
  Day from;
  std::vector<OldBody> bodies;          // superiors first
  std::vector<std::string> problems;    // why it cannot be done yet
  std::vector<BodyId> adopted;          // bodies of today that already worked then: they answer to the old ones until the reform
};

// `wanted`: units whose association is missing on a day from `from` on; what they answer to comes along.
OldBodiesPlan plan_old_bodies(House& house, BodyId office, std::span<const UnitId> wanted, Day from);

struct OldBodiesBasis {
  std::string number;
  Day date;
  std::string issuer;
};

// "old_bodies.nothing", "old_bodies.problem", and those of a restructure.
Result<std::int64_t> build_old_bodies(House& house, const Viewer& viewer, BodyId office, const OldBodiesPlan& plan, const OldBodiesBasis& basis);
// "old_bodies.unknown", "old_bodies.depends" with the plain reason.
Result<void> undo_old_bodies(House& house, const Viewer& viewer, std::int64_t founding);

}  // namespace khuyenhoc
