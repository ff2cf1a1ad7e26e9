// Whom to call in very many bodies: read in one go; changed together without holding other people's saves up.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "base/clock.h"
#include "organisation/contacts.h"

namespace khuyenhoc {

// Those of the wanted bodies that have one.
std::map<BodyId, Contact> contacts_of(db::Reader& reader, const crypto::KeyRing& keys, const std::set<BodyId>& wanted);

// How often contacts were changed, by whomever: the same number, the same contacts of all bodies.
std::int64_t changes_of_contacts(db::Reader& reader);

// Contacts staged in short slices, seen by nobody until all of them come into force in one short step. In this order:
//   gather()  once
//   stage()   in transactions of the caller's, a slice each, until all are staged
//   prepare() outside of the last transaction: looks whether anybody has changed one of them meanwhile
//   appear()  in the last transaction; "staged.again" when a contact was changed since prepare(): give the transaction up, prepare() and try again
// Whoever leaves before the end calls discard(). What a program left that stopped half way is never seen, and removed by sweep_contact_changes().
class StagedContacts {
 public:
  // `source`: of the caller's, to find the change again (an import's id); 0: none.
  StagedContacts(db::Store& store, const crypto::KeyRing& keys, Clock clock, std::int64_t source = 0);
  ~StagedContacts();
  StagedContacts(const StagedContacts&) = delete;
  StagedContacts& operator=(const StagedContacts&) = delete;

  // What they are to be, each with the row_version that it was read with. Refused as by keep_contact(); then nothing is gathered.
  Result<void> gather(std::vector<Contact> after);
  std::size_t size() const;
  void stage(db::Writer& writer, std::size_t first, std::size_t count);
  std::optional<BodyId> prepare(db::Reader& reader);       // a body whose contact was changed meanwhile: nothing can appear then
  Result<void> appear(db::Writer& writer);
  void discard();                                          // outside of any transaction

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Marks what a source staged as to be removed.
void give_up_staged_contacts(db::Writer& writer, std::int64_t source);

// Removes what was given up or left behind, and moves what came into force to where single contacts are kept; in slices.
enum class StagedContactsSweep { at_start, beside_others };
void sweep_contact_changes(db::Store& store, Clock clock, StagedContactsSweep when);

}  // namespace khuyenhoc
