#include <algorithm>

#include "accounts/slips.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/letterheads.h"
#include "organisation/posts.h"
#include "shell/frame.h"

namespace khuyenhoc {
namespace {

using document::Alignment;
using document::TableCell;
using document::Text;
using document::Weight;

std::string post_label(const std::string& post) {
  const PostKind* kind = Posts::house().find(post);
  return kind != nullptr ? kind->label_vi : post;
}

std::string unit_name(const Organisation& organisation, BodyId body, Day day) {
  if (organisation.find(body) == nullptr) return {};
  return organisation.kind(body).level == BodyKind::Level::branch ? organisation.path(body, day) : organisation.body(body).on(day).name;
}

// As people read it out: two groups of four.
std::string in_groups(const std::string& code) { return code.size() == 8 ? code.substr(0, 4) + " " + code.substr(4) : code; }

document::BitPicture picture_of(const qr::Code& code) { return {code.size, code.dark}; }

Text bold(std::string text) { return Text({document::Run{.text = std::move(text), .weight = Weight::bold}}); }

}  // namespace

std::string sign_in_link(const std::string& site, const std::string& telephone) { return site + "/dang-nhap?so=" + telephone; }

std::string sign_in_in_words(const std::string& site) {
  const auto scheme = site.find("://");
  return (scheme == std::string::npos ? site : site.substr(scheme + 3)) + "/dang-nhap";
}

document::CardSheets printed_slips(const Organisation& organisation, const SlipSheet& sheet, Day today) {
  document::CardSheets out;
  out.title = "Phiếu đăng nhập";
  out.day = today;
  const std::string issuer = upper_case(unit_name(organisation, sheet.body, today));
  for (const SlipOfSheet& slip : sheet.slips) {
    if (slip.code.empty()) continue;
    document::Card card;
    card.head = issuer + "\nPHIẾU ĐĂNG NHẬP";
    card.lines.push_back({bold(slip.name), 12.5});
    const std::string unit = unit_name(organisation, slip.body, today);
    card.lines.push_back({Text(slip.post.empty() ? unit : post_label(slip.post) + ", " + unit), 10});
    card.lines.push_back({Text("Điện thoại: ").add(telephone_text(slip.telephone), Weight::bold), 11});
    card.lines.push_back({Text("Mã: ").add(in_groups(slip.code), Weight::bold), 15});
    card.lines.push_back({Text("Dùng được đến hết " + slip.until->text()), 10});
    if (auto code = qr::encode(sign_in_link(sheet.site, slip.telephone))) card.picture = picture_of(*code);
    card.foot.push_back({Text("Mở " + sign_in_in_words(sheet.site) + " hoặc quét mã QR, ghi mã vào ô mật khẩu rồi đặt mật khẩu riêng. Xin giữ kín mã này."), 8.5});
    out.cards.push_back(std::move(card));
  }
  return out;
}

document::Document receipt_list(House& house, const SlipSheet& sheet, Day today) {
  const Organisation& organisation = *house.organisation.current();
  document::Document out;
  out.day = today;
  const Letterhead above = house.store.read([&](db::Reader& reader) { return letterhead(reader, organisation, sheet.body, today); });
  out.letterhead = document::Letterhead{.superior = above.superior_line, .issuer = above.issuer_line, .number = "", .place_and_date = fmt::format("{}, ngày      tháng      năm {}", above.place_name, today.year())};
  out.kind = "DANH SÁCH";
  out.summary = "Nhận phiếu đăng nhập";
  document::Table table;
  table.columns = {{.share = 0.7, .alignment = Alignment::centre}, {.share = 2.5}, {.share = 1.6}, {.share = 3.1}, {.share = 2.1}, {.share = 2.1}};
  table.head = {{{"TT"}, {"Họ và tên"}, {"Chức vụ"}, {"Đơn vị"}, {"Điện thoại"}, {"Ngày nhận, ký tên"}}};
  std::int64_t number = 0;
  for (const SlipOfSheet& slip : sheet.slips) {
    if (!slip.refused.empty() || !slip.until) continue;
    table.rows.push_back({.kind = document::RowKind::body,
                          .cells = {TableCell::count(++number), TableCell::of(slip.name), TableCell::of(post_label(slip.post)), TableCell::of(unit_name(organisation, slip.body, today)),
                                    TableCell::of(telephone_text(slip.telephone)), TableCell::blank()}});
  }
  out.blocks.emplace_back(std::move(table));
  out.blocks.emplace_back(document::Note{Text(fmt::format("Có {} phiếu. Phiếu giao tận tay người có tên; ai chưa nhận, xin trả lại nơi cấp.", number))});
  if (std::ranges::any_of(sheet.slips, [](const SlipOfSheet& slip) { return !slip.refused.empty(); })) {
    document::Table without;
    without.columns = {{.share = 0.7, .alignment = Alignment::centre}, {.share = 2.5}, {.share = 1.6}, {.share = 3.1}, {.share = 4.2}};
    without.head = {{{"TT"}, {"Họ và tên"}, {"Chức vụ"}, {"Đơn vị"}, {"Vì sao chưa có phiếu"}}};
    std::int64_t place = 0;
    for (const SlipOfSheet& slip : sheet.slips)
      if (!slip.refused.empty())
        without.rows.push_back({.kind = document::RowKind::body,
                                .cells = {TableCell::count(++place), TableCell::of(slip.name), TableCell::of(post_label(slip.post)), TableCell::of(unit_name(organisation, slip.body, today)),
                                          TableCell::of(slip.refused)}});
    out.blocks.emplace_back(document::Note{Text(fmt::format("Chưa làm phiếu được: {}.", place))});
    out.blocks.emplace_back(std::move(without));
  }
  out.blocks.emplace_back(document::Closing{.recipients = {}, .signers = {{.authority = {"NGƯỜI GIAO PHIẾU"}, .name = ""}}});
  return out;
}

}  // namespace khuyenhoc
