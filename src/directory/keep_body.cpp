#include "directory/keep_body.h"

#include <algorithm>

#include "base/text.h"
#include "organisation/heads.h"

namespace khuyenhoc::directory {

Kept refused_in(const Refusal& refusal, std::string_view otherwise) {
  Kept out;
  out.errors.emplace_back(refusal.place.empty() ? std::string(otherwise) : refusal.place, refusal.message);
  return out;
}

namespace {

// Who saved last, as the trail knows.
SavedMeanwhile last_saved(House& house, std::string_view noun, BodyId body) {
  SavedMeanwhile out;
  house.store.read([&](db::Reader& reader) {
    const auto entries = house.trail.of_record(reader, noun, body.value);
    if (entries.empty()) return;
    out.when = time_text(entries.front().at_ms);
    if (const auto user = house.users.row(reader, entries.front().user)) out.who = user->salutation + " " + user->name;
  });
  return out;
}

const Body& current(const House& house, BodyId body, OrganisationView& kept_alive) {
  kept_alive = house.organisation.current();
  return kept_alive->body(body);
}

}  // namespace

RenameForm rename_form(const Organisation& organisation, BodyId id, Day today) {
  const Body& body = organisation.body(id);
  const BodyVersion& version = body.on(today);
  return {version.name, version.short_name, today.text(), {}, body.row_version};
}

Kept rename_body(House& house, const Viewer& viewer, BodyId id, const RenameForm& form) {
  Kept out;
  if (normalised(form.name).empty()) out.errors.emplace_back("name", tr("Xin ghi tên mới."));
  const auto from = typed_day(form.from, "from", out.errors);
  if (!out.errors.empty()) return out;
  const std::string reason = normalised(form.reason);
  OrganisationView before_view;
  const std::string old_name = current(house, id, before_view).on(*from).name;
  const std::string new_name = normalised(form.name);
  const std::string sentence = tr(Language::vietnamese, "Đổi tên {} thành {}, từ {}", old_name, new_name, from->text());
  const auto done = house.store.write([&](db::Writer& writer) {
    OrganisationChanges changes(house.organisation, writer, sink_of(house.trail, viewer, [&](const ChangeNote&) { return sentence; }), house.clock.now_ms(), reason);
    return changes.rename(id, *from, new_name, normalised(form.short_name), form.version);
  });
  if (done) {
    out.said = tr("Đã đổi tên thành {}, từ {}.", new_name, from->text());
    return out;
  }
  if (done.error().code != "body.stale") return refused_in(done.error(), "name");
  OrganisationView now_view;
  const Body& now = current(house, id, now_view);
  out.meanwhile = last_saved(house, "body", id);
  out.meanwhile->now = now.on(*from).name;
  out.meanwhile->version = now.row_version;
  return out;
}

HeadForm head_form(House& house, BodyId body) {
  const auto known = house.store.read([&](db::Reader& reader) { return contact(reader, house.keys, body); });
  return known ? HeadForm{known->head_name, known->telephone, known->row_version} : HeadForm{};
}

HeadKnown head_known(House& house, BodyId body, Day today, Language language) {
  return house.store.read([&](db::Reader& reader) {
    const auto known = contact(reader, house.keys, body);
    HeadKnown out{{}, known && !(known->head_name.empty() && known->telephone.empty())};
    if (const auto head = head_of(reader, body, today, known); head && head->post) {
      const PostKind* kind = Posts::house().find(head->post->post);
      out.head = head->name + ", " + (kind != nullptr ? kind->label(language) : head->post->post);
    }
    return out;
  });
}

namespace {

enum class Keep { given, nothing };

Kept write_contact(House& house, const Viewer& viewer, BodyId id, const HeadForm& form, Keep what) {
  Kept out;
  const std::string name = house.organisation.current()->body(id).on(viewer.today()).name;
  // the sentence names no person: personal fields travel apart in the trail
  const std::string sentence = what == Keep::given ? tr(Language::vietnamese, "Cập nhật người liên hệ và số điện thoại của {}", name)
                                                   : tr(Language::vietnamese, "Bỏ người liên hệ và số điện thoại của {}", name);
  const auto done = house.store.write([&](db::Writer& writer) {
    return keep_contact(writer, house.keys, sink_of(house.trail, viewer, [&](const ChangeNote&) { return sentence; }), {id, form.head_name, form.telephone, form.version});
  });
  if (done) {
    out.said = what == Keep::given ? tr("Đã ghi {} vào thông tin của {}.", normalised(form.head_name), name) : tr("Đã bỏ tên và số điện thoại liên hệ của {}.", name);
    return out;
  }
  if (done.error().code != "contact.stale") return refused_in(done.error(), "head_name");
  const HeadForm now = head_form(house, id);
  out.meanwhile = last_saved(house, "contact", id);
  out.meanwhile->now = now.telephone.empty() ? now.head_name : now.head_name + ", " + now.telephone;
  out.meanwhile->version = now.version;
  return out;
}

}  // namespace

Kept keep_head(House& house, const Viewer& viewer, BodyId id, const HeadForm& form) {
  if (!normalised(form.head_name).empty()) return write_contact(house, viewer, id, form, Keep::given);
  Kept out;
  out.errors.emplace_back("head_name", tr("Xin ghi họ và tên."));
  return out;
}

Kept forget_head(House& house, const Viewer& viewer, BodyId id, std::int64_t version) { return write_contact(house, viewer, id, {{}, {}, version}, Keep::nothing); }

}  // namespace khuyenhoc::directory
