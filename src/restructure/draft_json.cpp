// A draft as it is stored: one JSON text, which only this file reads and writes.
#include <boost/json.hpp>

#include "restructure/draft.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

std::string text_in(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}
std::int64_t number_in(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->as_int64() : 0;
}
DraftRef ref_in(const json::object& object, const char* key) { return DraftRef::parse(text_in(object, key)).value_or(DraftRef{}); }
template <class Each>
void each_in(const json::object& object, const char* key, Each each) {
  const auto* list = object.if_contains(key);
  if (list == nullptr || !list->is_array()) return;
  for (const auto& one : list->as_array()) each(one);
}

json::object json_of(const DraftAct& act) {
  json::array bodies, opened, successors, branches;
  for (const auto body : act.bodies) bodies.emplace_back(body.value);
  for (const auto& one : act.opened)
    opened.push_back(json::object{{"kind", one.kind}, {"name", one.name}, {"short_name", one.short_name}, {"superior", one.superior.text()}, {"area", one.area.value}});
  for (const auto& one : act.successors) successors.emplace_back(one.text());
  for (const auto& [branch, part] : act.branches) branches.push_back(json::object{{"body", branch.value}, {"to", part.text()}});
  return {{"number", act.number}, {"kind", static_cast<std::int64_t>(act.kind)}, {"bodies", std::move(bodies)}, {"opened", std::move(opened)},
          {"successors", std::move(successors)}, {"branches", std::move(branches)}, {"superior", act.superior.text()}, {"area", act.area.value},
          {"name", act.name}, {"short_name", act.short_name}, {"list", act.list}};
}

DraftAct act_in(const json::object& object) {
  DraftAct out;
  out.number = number_in(object, "number");
  out.kind = static_cast<BodyAct::Kind>(number_in(object, "kind"));
  each_in(object, "bodies", [&](const json::value& one) { out.bodies.push_back(BodyId{one.as_int64()}); });
  each_in(object, "opened", [&](const json::value& one) {
    const auto& body = one.as_object();
    out.opened.push_back({text_in(body, "kind"), text_in(body, "name"), text_in(body, "short_name"), ref_in(body, "superior"), UnitId{number_in(body, "area")}});
  });
  each_in(object, "successors", [&](const json::value& one) {
    if (const auto ref = DraftRef::parse(std::string_view(one.as_string()))) out.successors.push_back(*ref);
  });
  each_in(object, "branches", [&](const json::value& one) { out.branches.emplace_back(BodyId{number_in(one.as_object(), "body")}, ref_in(one.as_object(), "to")); });
  out.superior = ref_in(object, "superior");
  out.area = UnitId{number_in(object, "area")};
  out.name = text_in(object, "name");
  out.short_name = text_in(object, "short_name");
  out.list = number_in(object, "list");
  return out;
}

}  // namespace

std::string content_json(const RestructureDraft& draft) {
  json::array acts, posts;
  for (const auto& act : draft.acts) acts.push_back(json_of(act));
  for (const auto& post : draft.posts) posts.push_back(json::object{{"holding", post.holding}, {"body", post.body.text()}, {"post", post.post}});
  return json::serialize(json::object{{"title", draft.title}, {"day", draft.day}, {"number", draft.number}, {"date", draft.date}, {"issuer", draft.issuer},
                                      {"acts", std::move(acts)}, {"posts", std::move(posts)}});
}

void read_content(RestructureDraft& draft, std::string_view text) {
  const json::value parsed = json::parse(text);
  const auto& object = parsed.as_object();
  draft.title = text_in(object, "title");
  draft.day = text_in(object, "day");
  draft.number = text_in(object, "number");
  draft.date = text_in(object, "date");
  draft.issuer = text_in(object, "issuer");
  draft.acts.clear();
  draft.posts.clear();
  each_in(object, "acts", [&](const json::value& one) { draft.acts.push_back(act_in(one.as_object())); });
  each_in(object, "posts", [&](const json::value& one) {
    const auto& post = one.as_object();
    draft.posts.push_back({number_in(post, "holding"), ref_in(post, "body"), text_in(post, "post")});
  });
}

}  // namespace khuyenhoc
