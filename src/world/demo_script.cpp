#include "world/demo_script.h"

#include <cassert>

#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view names_demo_catalogue;

Result<DemoScript> DemoScript::parse(std::string_view toml) {
  const auto file = config::Table::parse(toml, "names_demo.toml");
  if (!file) return std::unexpected(file.error());
  DemoScript out;
  for (const auto& entry : file->tables("province")) {
    ProvinceScript one{entry.text("code"), entry.text("region"), entry.number("people").value_or(0), entry.number("members_permille").value_or(0),
                       entry.number("raised_per_head").value_or(0), entry.number("fund_per_head").value_or(0), entry.number("partners_per_head").value_or(0),
                       entry.numbers("models"), entry.texts("full"), entry.texts("full_districts"), entry.number("without").value_or(-1)};
    if (one.code.empty() || one.region.empty() || one.people <= 0 || one.members_permille <= 0)
      return refuse("demo.province", "Kịch bản dữ liệu dùng thử: mỗi tỉnh cần có mã, vùng, dân số và tỷ lệ hội viên.", entry.place());
    if (one.models.size() != 4) return refuse("demo.province", "Kịch bản dữ liệu dùng thử: mỗi tỉnh cần tỷ lệ của bốn mô hình học tập.", entry.place());
    out.provinces.push_back(std::move(one));
  }
  for (const auto& entry : file->tables("divided")) {
    DividedScript one{entry.text("province"), entry.text("commune"), entry.texts("into"), entry.number("remaining").value_or(0), entry.number("branches").value_or(0),
                      entry.number("branch_members").value_or(0)};
    if (one.into.size() < 2) return refuse("demo.divided", "Kịch bản dữ liệu dùng thử: xã bị chia phải có ít nhất hai xã kế thừa.", entry.place());
    out.divided.push_back(std::move(one));
  }
  const auto rows = file->table("ea_kar");
  if (!rows) return refuse("demo.rows", "Kịch bản dữ liệu dùng thử chưa có các dòng của xã Ea Kar.");
  out.commune = rows->text("commune");
  out.columns = rows->texts("columns");
  const auto fits = [&](const config::Table& entry) { return entry.numbers("now").size() == out.columns.size() && entry.numbers("before").size() == out.columns.size(); };
  for (const auto& entry : rows->tables("group")) {
    if (!fits(entry)) return refuse("demo.rows", "Kịch bản dữ liệu dùng thử: số ô chưa bằng số cột.", entry.place());
    out.groups.push_back({entry.text("old_commune"), entry.number("villages").value_or(0), entry.number("schools").value_or(0), entry.number("offices").value_or(0),
                          entry.numbers("now"), entry.numbers("before")});
  }
  for (const auto& entry : rows->tables("row")) {
    if (!fits(entry)) return refuse("demo.rows", "Kịch bản dữ liệu dùng thử: số ô chưa bằng số cột.", entry.place());
    out.rows.push_back({entry.text("old_commune"), entry.text("name"), entry.text("kind"), entry.text("head"), entry.number("listed").value_or(0), entry.flag("silent", false), entry.flag("typed_by_hand", false),
                        entry.numbers("now"), entry.numbers("before")});
  }
  if (const auto sign_in = file->table("sign_in")) {
    out.password = sign_in->text("password");
    for (const auto& entry : sign_in->tables("person"))
      out.people.push_back({entry.text("telephone"), entry.text("salutation"), entry.text("name"), entry.text("body"), entry.text("post")});
  }
  return out;
}

const DemoScript& DemoScript::house() {
  static const DemoScript script = [] {
    auto parsed = parse(names_demo_catalogue);
    assert(parsed && "the embedded script of the demo world must be readable");
    return std::move(*parsed);
  }();
  return script;
}

}  // namespace khuyenhoc
