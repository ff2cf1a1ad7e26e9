// How each step of the start is judged, and what it costs when something is missing.
#include <algorithm>

#include "base/number.h"
#include "importing/importing.h"
#include "measures/figures.h"
#include "measures/targets.h"
#include "organisation/letterheads.h"
#include "organisation/numbering.h"
#include "organisation/paper_pictures.h"
#include "organisation/posts.h"
#include "past_years/past_years.h"
#include "starting/facts_of_office.h"

namespace khuyenhoc::starting {
namespace {


// "xã, phường" below a province, "tỉnh, thành phố" below the centre.
bool national(const OfficeFacts& office) { return office.level == BodyKind::Level::centre; }

void close(StepView& view, bool begun) {
  view.state = view.missing.empty() ? StepState::done : begun ? StepState::begun : StepState::not_begun;
  if (view.button.empty() && !view.missing.empty()) view.button = view.missing.front().button;
}

std::int64_t number_of(std::size_t count) { return static_cast<std::int64_t>(count); }

std::size_t without_telephone(const OfficeFacts& office, const std::vector<BodyId>& bodies) {
  return static_cast<std::size_t>(std::ranges::count_if(bodies, [&](BodyId body) {
    const auto known = office.contacts.find(body);
    return known == office.contacts.end() || !known->second.telephone;
  }));
}

std::size_t without_head(const OfficeFacts& office, const std::vector<BodyId>& bodies) {
  return static_cast<std::size_t>(std::ranges::count_if(bodies, [&](BodyId body) {
    const auto known = office.contacts.find(body);
    return known == office.contacts.end() || !known->second.head || !known->second.telephone;
  }));
}

std::size_t lacking(const std::unordered_set<BodyId>& have, const std::vector<BodyId>& bodies) {
  return static_cast<std::size_t>(std::ranges::count_if(bodies, [&](BodyId body) { return !have.contains(body); }));
}

}  // namespace

StepView bodies_step(const OfficeFacts& office) {
  StepView view;
  view.purpose = tr("Danh sách Hội, chi hội, ban trực thuộc, ai đứng đầu, gọi số nào. Số liệu nào cũng ghi vào một tổ chức trong danh sách này.");
  view.button = tr("Nhập danh sách từ tệp Excel");
  view.link = *Url::local(import_path(office.body, "to-chuc"));
  const Url list = html::path("/to-chuc/{}", office.body).with("phan", "truc-thuoc");
  const auto miss = [&](std::size_t count, std::string what, std::string cost, std::string button, const Url& link) {
    if (count > 0) view.missing.push_back({number_of(count), std::move(what), std::move(cost), std::move(button), link});
  };
  const std::size_t without = office.units.size() - office.units_with_association;
  if (!office.units.empty())
    view.decided.push_back(national(office) ? tr("{} trên {} tỉnh, thành phố đã có Hội Khuyến học", office.units_with_association, office.units.size())
                                            : tr("{} trên {} xã, phường, đặc khu đã có Hội Khuyến học", office.units_with_association, office.units.size()));
  view.decided.push_back(tr("{} chi hội, ban khuyến học", number_text(number_of(office.branches.size()))));
  miss(without, national(office) ? tr("{} tỉnh, thành phố chưa có Hội Khuyến học", without) : tr("{} xã, phường, đặc khu chưa có Hội Khuyến học", without),
       tr("số liệu nơi đó không có ai nhập, chỉ cấp trên ghi thay được"), tr("Nhập danh sách từ tệp Excel"), view.link);
  if (!national(office))
    miss(office.associations_without_branches, tr("{} Hội chưa có chi hội, ban nào", office.associations_without_branches),
         tr("xã chỉ ghi được số chung, không biết chi hội nào còn thiếu"), tr("Nhập danh sách từ tệp Excel"), view.link);
  if (office.level != BodyKind::Level::centre && office.associations.empty() && office.own_branches == 0 && office.units.empty())
    miss(1, tr("Chưa có chi hội, ban nào"), tr("chỉ ghi được số chung của cả Hội"), tr("Nhập danh sách từ tệp Excel"), view.link);
  const std::size_t silent = without_telephone(office, office.associations);
  miss(silent, national(office) ? tr("{} Hội chưa có người liên hệ", silent) : tr("{} Hội xã, phường, đơn vị chưa có người liên hệ", silent),
       tr("không gọi được khi chậm báo cáo"), tr("Bổ sung bằng tệp Excel"), view.link);
  const std::size_t headless = without_head(office, office.branches);
  miss(headless, tr("{} chi hội, ban chưa có người đứng đầu hoặc số điện thoại", number_text(number_of(headless))), tr("không nhắc được, không cấp được phiếu đăng nhập"),
       tr("Xem danh sách trực thuộc"), list);
  close(view, office.associations.size() + office.branches.size() > 0);
  return view;
}

StepView posts_step(const OfficeFacts& office) {
  StepView view;
  view.purpose = tr("Ai giữ chức vụ gì, từ ngày nào, nhiệm kỳ nào. Chức vụ in dưới chữ ký và cho biết ai được làm việc gì trong chương trình.");
  view.button = tr("Ghi chức vụ");
  view.link = html::path("/to-chuc/{}/nhan-su", office.body);
  const auto held = post_holders(office.reader, office.body, office.today);
  for (const PostHolding& holding : held)
    if (const PostKind* kind = Posts::house().find(holding.post)) view.decided.push_back(tr("{}: {}", kind->label(current_language()), holding.person_name));
  if (!office.can_sign.contains(office.body))
    view.missing.push_back({1, tr("Hội chưa có Chủ tịch, Phó Chủ tịch trong sổ"), tr("không ai ký được báo cáo"), tr("Ghi chức vụ"), view.link});
  if (!office.can_enter.contains(office.body))
    view.missing.push_back({1, tr("Hội chưa có thư ký hoặc người phụ trách nhập số liệu"), tr("không ai nhập được số liệu của Hội"), tr("Ghi chức vụ"), view.link});
  const std::size_t unsigned_below = lacking(office.can_sign, office.associations);
  if (unsigned_below > 0)
    view.missing.push_back({number_of(unsigned_below), tr("{} Hội trực thuộc chưa có Chủ tịch, Phó Chủ tịch trong sổ", unsigned_below), tr("báo cáo của các Hội này không có người ký"),
                            tr("Xem danh sách trực thuộc"), html::path("/to-chuc/{}", office.body).with("phan", "truc-thuoc")});
  const std::size_t unentered = lacking(office.can_enter, office.associations);
  if (unentered > 0)
    view.missing.push_back({number_of(unentered), tr("{} Hội trực thuộc chưa có thư ký trong sổ", unentered), tr("cấp trên phải nhập số liệu thay"), tr("Xem danh sách trực thuộc"),
                            html::path("/to-chuc/{}", office.body).with("phan", "truc-thuoc")});
  close(view, !held.empty());
  return view;
}

StepView accounts_step(const OfficeFacts& office) {
  StepView view;
  view.purpose = tr("Mỗi người đăng nhập bằng số điện thoại; lần đầu dùng mã in trên phiếu, rồi đặt mật khẩu riêng.");
  view.button = tr("Cấp tài khoản, in phiếu");
  view.link = Url("/tai-khoan");
  const auto& counts = office.signed_in;
  view.decided.push_back(tr("{} tài khoản, {} người đã đăng nhập", number_text(number_of(counts.all())), number_text(number_of(counts.in_use))));
  const auto miss = [&](std::size_t count, std::string what, std::string cost) {
    if (count > 0) view.missing.push_back({number_of(count), std::move(what), std::move(cost), tr("Cấp tài khoản, in phiếu"), view.link});
  };
  const auto nobody = [&](const std::vector<BodyId>& bodies) {
    return static_cast<std::size_t>(std::ranges::count_if(bodies, [&](BodyId body) { return !office.accounts.contains(body); }));
  };
  miss(office.associations.empty() && office.branches.empty() ? 1 : 0, tr("Chưa có tổ chức trực thuộc nào để cấp tài khoản"), tr("xin làm bước Tổ chức Hội trước"));
  const std::size_t associations = nobody(office.associations), branches = nobody(office.branches);
  miss(associations, tr("{} Hội trực thuộc chưa có ai có tài khoản", associations), tr("các Hội này không tự nhập được số liệu"));
  miss(branches, tr("{} chi hội, ban chưa có ai có tài khoản", number_text(number_of(branches))), tr("số liệu của chi hội, ban phải do xã nhập thay"));
  miss(counts.without_slip, tr("{} tài khoản chưa có phiếu", number_text(number_of(counts.without_slip))), tr("chủ tài khoản chưa vào được"));
  miss(counts.unused, tr("{} phiếu đã in, chưa ai dùng", number_text(number_of(counts.unused))), tr("quá 7 ngày phải in lại phiếu"));
  miss(counts.expired, tr("{} phiếu đã quá hạn", number_text(number_of(counts.expired))), tr("chủ tài khoản không vào được, cần phiếu mới"));
  close(view, counts.all() > 1);
  return view;
}

StepView letterhead_step(const OfficeFacts& office) {
  StepView view;
  view.purpose = tr("Tên cơ quan, cơ quan chủ quản, địa danh, ký hiệu, cách đánh số, mẫu dấu và chữ ký trên báo cáo, quyết định.");
  view.button = tr("Xem và sửa tên trên văn bản");
  view.link = html::path("/to-chuc/{}/the-thuc", office.body);
  const auto set = letterheads(office.reader, office.body);
  const Letterhead head = letterhead(office.reader, *office.organisation, office.body, office.today);
  if (!set.empty()) view.decided.push_back(head.superior_line.empty() ? head.issuer_line : tr("{}; {}", head.superior_line, head.issuer_line));
  const auto miss = [&](std::string what, std::string cost) { view.missing.push_back({1, std::move(what), std::move(cost), view.button, view.link}); };
  if (set.empty()) miss(tr("Chưa xác nhận tên cơ quan, cơ quan chủ quản, địa danh, ký hiệu văn bản"), tr("báo cáo in theo tên chương trình suy ra, có thể chưa đúng"));
  if (numbering_rule(office.reader, office.body, office.today).row_version == 0)
    miss(tr("Chưa chọn cách đánh số văn bản"), tr("văn bản đánh số theo từng loại, bắt đầu từ 01, có thể trùng số đã phát hành"));
  else view.decided.push_back(tr("Đã chọn cách đánh số văn bản"));
  const auto pictures = paper_pictures(office.reader, office.body);
  const auto has = [&](PictureKind kind) { return std::ranges::any_of(pictures, [&](const PaperPicture& one) { return one.kind == kind && one.on(office.today); }); };
  if (has(PictureKind::seal)) view.decided.push_back(tr("Có mẫu con dấu"));
  else miss(tr("Chưa có ảnh con dấu"), tr("bản điện tử gửi đi không có dấu, phải in ra đóng dấu rồi quét lại"));
  if (has(PictureKind::signature)) view.decided.push_back(tr("Có mẫu chữ ký"));
  else miss(tr("Chưa có ảnh chữ ký của người ký"), tr("bản điện tử gửi đi phải in ra ký rồi quét lại"));
  close(view, !view.decided.empty());
  return view;
}

StepView targets_step(const OfficeFacts& office) {
  const int year = office.today.year();
  StepView view;
  view.purpose = tr("Chỉ tiêu được giao hoặc tự đăng ký cho năm nay.");
  view.button = tr("Ghi chỉ tiêu năm {}", year);
  view.link = html::path("/chi-tieu-nam/{}", office.body);
  const std::vector<BodyId> own{office.body};
  const auto set = targets(office.reader, office.house.catalogue, own, year);
  if (set.empty())
    view.missing.push_back({1, tr("Chưa ghi chỉ tiêu nào của năm {}", year), tr("bảng số liệu và báo cáo không so được với kế hoạch"), view.button, view.link});
  else view.decided.push_back(tr("{} chỉ tiêu của năm {}", set.size(), year));
  close(view, !set.empty());
  return view;
}

StepView past_years_step(const OfficeFacts& office) {
  constexpr int years_back = 3;
  const Language language = current_language();
  StepView view;
  view.purpose = tr("Số liệu trong các báo cáo đã ký của ba năm gần đây, theo địa giới khi đó.");
  view.button = tr("Nạp số liệu các năm trước");
  view.link = html::path("/so-lieu-nam-truoc/{}", office.body);
  const Figures figures(office.house.ledger.view());
  const MeasureIndex members = figures.catalogue().index("B01");
  for (int year = office.today.year() - years_back; year < office.today.year(); ++year) {
    const auto value = figures.figure(members, {office.body, Period::year(year), office.today, Lens::live});
    if (value && value->defined() && value->value != 0) view.decided.push_back(tr("Năm {}: {} hội viên", year, number_text(value->value)));
    else view.missing.push_back({1, tr("Chưa có số hội viên năm {}", year), tr("biểu đồ các năm để trống năm này"), view.button, view.link});
  }
  for (const MissingComparison& one : missing_comparisons(office.house, office.body, office.today)) {
    std::string what = tr("Chưa có số liệu {} của {} chỉ tiêu", office.house.periods.label(one.before, language), one.measures.size());
    if (!one.parts.empty()) what += fmt::format(" ({})", fmt::join(one.parts, ", "));
    view.missing.push_back({number_of(one.measures.size()), std::move(what), tr("cột “cùng kỳ” của báo cáo {} để trống", office.house.periods.label(one.report, language)), view.button, view.link});
  }
  close(view, !view.decided.empty());
  return view;
}

}  // namespace khuyenhoc::starting
