#include <algorithm>

#include "base/i18n.h"
#include "organisation/contacts_in_bulk.h"
#include "organisation/staged_contacts_queries.h"

namespace khuyenhoc {
namespace {

using contact_sql::State;

constexpr std::int64_t dead_after_ms = 3'600'000;
constexpr std::size_t rows_of_a_slice = 500;

}  // namespace

struct StagedContacts::Impl {
  db::Store& store;
  const crypto::KeyRing& keys;
  Clock clock;
  std::int64_t source;
  ContactChangeId id;
  std::vector<contact_sql::Row> rows;
  std::int64_t checked_at = -1;            // changes of contacts when they were last looked through
};

StagedContacts::StagedContacts(db::Store& store, const crypto::KeyRing& keys, Clock clock, std::int64_t source)
    : impl_(new Impl{.store = store, .keys = keys, .clock = std::move(clock), .source = source, .id = store.new_id<ContactChangeId>(), .rows = {}}) {}
StagedContacts::~StagedContacts() = default;

Result<void> StagedContacts::gather(std::vector<Contact> after) {
  std::vector<contact_sql::Row> rows;
  rows.reserve(after.size());
  for (Contact& one : after) {
    auto checked = checked_contact(std::move(one));
    if (!checked) return std::unexpected(checked.error());
    auto sealed = sealed_telephone(impl_->keys, *checked);
    rows.push_back({checked->body, std::move(checked->head_name), std::move(sealed), checked->row_version + 1});
  }
  impl_->rows = std::move(rows);
  return {};
}

std::size_t StagedContacts::size() const { return impl_->rows.size(); }

void StagedContacts::stage(db::Writer& writer, std::size_t first, std::size_t count) {
  contact_sql::open(writer, impl_->id, impl_->source, impl_->clock.now_ms());
  contact_sql::sign_of_life(writer, impl_->id, impl_->clock.now_ms());
  contact_sql::insert(writer, impl_->id, std::span(impl_->rows).subspan(first, count));
}

std::optional<BodyId> StagedContacts::prepare(db::Reader& reader) {
  impl_->checked_at = contact_sql::changes(reader);
  return contact_sql::overtaken(reader, impl_->id);
}

Result<void> StagedContacts::appear(db::Writer& writer) {
  const auto again = [] { return refuse("staged.again", tr("Vừa có người sửa người liên hệ; xin thực hiện lại.")); };
  if (contact_sql::changes(writer) != impl_->checked_at) return again();
  if (!contact_sql::turn(writer, impl_->id, State::staged, State::appeared))
    return refuse("staged.gone", tr("Danh sách người liên hệ đang ghi đã bị bỏ dở quá lâu. Xin nhập lại."));
  contact_sql::count_change(writer);
  return {};
}

void StagedContacts::discard() {
  impl_->store.write([&](db::Writer& writer) { contact_sql::turn(writer, impl_->id, State::staged, State::given_up); });
  while (impl_->store.write([&](db::Writer& writer) { return contact_sql::remove_some(writer, impl_->id, rows_of_a_slice); })) {
  }
}

void give_up_staged_contacts(db::Writer& writer, std::int64_t source) { contact_sql::give_up(writer, source); }

void sweep_contact_changes(db::Store& store, Clock clock, StagedContactsSweep when) {
  const bool alone = store.dialect() == db::Dialect::sqlite && when == StagedContactsSweep::at_start;
  for (const auto& change : store.read([](db::Reader& reader) { return contact_sql::all(reader); })) {
    if (change.state == State::staged && !alone && change.alive_ms + dead_after_ms >= clock.now_ms()) continue;
    if (change.state == State::staged && !store.write([&](db::Writer& writer) { return contact_sql::turn(writer, change.id, State::staged, State::given_up); })) continue;
    while (store.write([&](db::Writer& writer) {
      return change.state == State::appeared ? contact_sql::move_some(writer, change.id, rows_of_a_slice) : contact_sql::remove_some(writer, change.id, rows_of_a_slice);
    })) {
    }
  }
}

}  // namespace khuyenhoc
