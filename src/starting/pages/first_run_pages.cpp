// The first run of an empty installation: who one is, which office, who is its first officer. Everything chosen travels in the address; nothing is stored before the end.
#include <algorithm>

#include "accounts/accounts.h"
#include "starting/pages/choose.html.h"
#include "starting/pages/first_code.html.h"
#include "starting/pages/first_office.html.h"
#include "starting/pages/starting_pages.h"
#include "starting/starting.h"

namespace khuyenhoc::starting {
namespace {

constexpr std::string_view address = "/bat-dau";

std::string office_label(OfficeLevel office) {
  switch (office) {
    case OfficeLevel::centre: return tr("Trung ương Hội");
    case OfficeLevel::province: return tr("Hội Khuyến học tỉnh, thành phố");
    case OfficeLevel::commune: return tr("Hội Khuyến học xã, phường, đặc khu");
    case OfficeLevel::institution: break;
  }
  return tr("Hội Khuyến học của cơ quan, trường đại học, đơn vị");
}

std::string office_remark(OfficeLevel office) {
  switch (office) {
    case OfficeLevel::centre: return tr("Theo dõi cả nước: 34 tỉnh, thành phố.");
    case OfficeLevel::province: return tr("Theo dõi các xã, phường, đặc khu và các chi hội, ban trong tỉnh.");
    case OfficeLevel::commune: return tr("Theo dõi các chi hội, ban khuyến học trong xã.");
    case OfficeLevel::institution: break;
  }
  return tr("Trực thuộc Hội tỉnh, thành phố nhưng không gắn với một xã, phường.");
}

UnitId unit_in(const Territory& land, std::string_view code, UnitLevel level, UnitId within, Day today) {
  if (code.empty() || code.size() > 20) return {};
  for (const UnitId unit : within ? land.children(within, today) : land.units(level, today))
    if (land.unit(unit).on(today).code == code) return unit;
  return {};
}

Chosen chosen_in(const House& house, const http::Request& request) {
  const bool sent = request.method == http::Method::post;
  const auto value = [&](std::string_view name) { return sent ? request.text(name) : std::string(request.query.value(name)); };
  const auto land = house.territory.current();
  const Day today = house.clock.today();
  Chosen out;
  out.code = value("ma");
  out.office = office_from_word(value("la"));
  out.typed = value("q");
  if (!land->country()) return out;
  out.province = unit_in(*land, value("tinh"), UnitLevel::province, {}, today);
  if (out.province) out.commune = unit_in(*land, value("xa"), UnitLevel::commune, out.province, today);
  return out;
}

std::string code_of(const House& house, UnitId unit) { return house.territory.current()->unit(unit).on(house.clock.today()).code; }

Url link_of(const House& house, const Chosen& chosen) {
  Url url = Url("/bat-dau").with("ma", chosen.code);
  if (chosen.office) url = url.with("la", office_word(*chosen.office));
  if (chosen.province) url = url.with("tinh", code_of(house, chosen.province));
  if (chosen.commune) url = url.with("xa", code_of(house, chosen.commune));
  return url;
}

// The unit that the office is founded on, once everything is chosen.
UnitId unit_of(const House& house, const Chosen& chosen) {
  if (!chosen.office) return {};
  if (*chosen.office == OfficeLevel::centre) return house.territory.current()->country();
  return *chosen.office == OfficeLevel::commune ? chosen.commune : chosen.province;
}

std::vector<DecidedLine> steps_of(const House& house, const Chosen& chosen) {
  const auto land = house.territory.current();
  const Day today = house.clock.today();
  std::vector<DecidedLine> out;
  out.push_back({tr("Hội của ông/bà ở cấp nào"), chosen.office ? office_label(*chosen.office) : std::string(), !chosen.office});
  if (!chosen.office || *chosen.office != OfficeLevel::centre) {
    const bool commune = chosen.office && *chosen.office == OfficeLevel::commune;
    const UnitId unit = commune ? chosen.commune : chosen.province;
    std::string decided = unit ? land->path(unit, today) : commune && chosen.province ? land->unit(chosen.province).full_name(today) : std::string();
    out.push_back({commune ? tr("Chọn xã, phường, đặc khu") : tr("Chọn tỉnh, thành phố"), std::move(decided), chosen.office && !unit});
  }
  out.push_back({tr("Người dùng đầu tiên"), {}, static_cast<bool>(unit_of(house, chosen))});
  return out;
}

http::Response choose_page(House& house, const Chosen& chosen) {
  const auto land = house.territory.current();
  const Day today = house.clock.today();
  ChoosePage page;
  page.code = chosen.code;
  page.chosen = chosen;
  if (chosen.province) page.province_code = code_of(house, chosen.province);
  page.steps = steps_of(house, chosen);
  const auto offer = [&](const UnitChoice& unit, Chosen next) { page.choices.push_back({link_of(house, next), unit.name, unit.remark}); };
  if (!chosen.office) {
    page.question = tr("Hội của ông/bà ở cấp nào?");
    page.help = tr("Chương trình lập sẵn Hội của ông/bà và các Hội cấp trên trong sổ, rồi cấp tài khoản đầu tiên cho ông/bà.");
    for (const OfficeLevel office : {OfficeLevel::province, OfficeLevel::commune, OfficeLevel::institution, OfficeLevel::centre}) {
      Chosen next = chosen;
      next.office = office;
      page.choices.push_back({link_of(house, next), office_label(office), office_remark(office)});
    }
  } else if (*chosen.office == OfficeLevel::commune && chosen.province) {
    page.question = tr("Hội của ông/bà ở xã, phường, đặc khu nào của {}?", land->unit(chosen.province).on(today).running_name());
    page.searched = true;
    page.back = link_of(house, {chosen.code, chosen.office, {}, {}, {}});
    for (const UnitChoice& unit : communes_found(*land, today, chosen.province, chosen.typed)) offer(unit, {chosen.code, chosen.office, chosen.province, unit.unit, {}});
  } else {
    const bool commune = *chosen.office == OfficeLevel::commune;
    page.question = commune ? tr("Hội của ông/bà ở xã, phường, đặc khu nào?") : tr("Hội của ông/bà ở tỉnh, thành phố nào?");
    page.help = commune ? tr("Ghi tên xã vào ô tìm, hoặc chọn tỉnh, thành phố trước.") : tr("Danh sách 34 tỉnh, thành phố từ ngày {}. Ghi tên tỉnh cũ cũng tìm được.", reform_day().text());
    page.searched = true;
    page.back = link_of(house, {chosen.code, {}, {}, {}, {}});
    if (commune && !chosen.typed.empty())
      for (const UnitChoice& unit : communes_found(*land, today, {}, chosen.typed))
        offer(unit, {chosen.code, chosen.office, land->ancestor(unit.unit, UnitLevel::province, today), unit.unit, {}});
    for (const UnitChoice& unit : provinces_found(*land, today, chosen.typed)) offer(unit, {chosen.code, chosen.office, unit.unit, {}, {}});
  }
  return http::Response::html(starting_pages::choose(open_frame(tr("Bắt đầu sử dụng")), page));
}

http::Response office_page(House& house, const Chosen& chosen, FirstOfficeForm form, http::Status status) {
  const auto land = house.territory.current();
  const Day today = house.clock.today();
  OfficePage page;
  page.land = land;
  page.today = today;
  page.code = chosen.code;
  if (chosen.province) page.province_code = code_of(house, chosen.province);
  if (chosen.commune) page.commune_code = code_of(house, chosen.commune);
  page.again = Url("/bat-dau").with("ma", chosen.code);
  page.steps = steps_of(house, chosen);
  const UnitId unit = unit_of(house, chosen);
  page.name = office_name(*land, *chosen.office, unit, today);
  page.above = founded_above(house, *chosen.office, unit);
  if (*chosen.office == OfficeLevel::province) page.communes = communes_found(*land, today, unit, {});
  if (!page.communes.empty()) page.example = land->unit(page.communes.front().unit).on(today).running_name();
  page.form = std::move(form);
  return http::Response::html(starting_pages::first_office(open_frame(tr("Bắt đầu sử dụng")), page), status);
}

http::Response ask_code(std::string_view typed) {
  const std::string error = typed.empty() ? std::string() : tr("Mã này không đúng, hoặc của lần chạy trước. Xin chép lại mã in ra khi chạy chương trình.");
  return http::Response::html(starting_pages::first_code(open_frame(tr("Bắt đầu sử dụng")), error), typed.empty() ? http::Status::ok : http::Status::unprocessable);
}

bool begun(House& house) {
  return house.store.read([](db::Reader& reader) { return has_accounts(reader); });
}

http::Response show(House& house, const http::Request& request) {
  if (begun(house)) return http::Response::redirect(Url("/bat-dau/tien-trinh"));
  const Chosen chosen = chosen_in(house, request);
  if (!code_fits(house, chosen.code)) return ask_code(chosen.code);
  const UnitId unit = unit_of(house, chosen);
  if (!unit) return choose_page(house, chosen);
  return office_page(house, chosen, first_form(*house.territory.current(), *chosen.office, unit, house.clock.today()), http::Status::ok);
}

FirstOfficeForm sent_form(const House& house, const http::Request& request, const Chosen& chosen) {
  FirstOfficeForm form;
  form.office = *chosen.office;
  form.unit = unit_of(house, chosen);
  form.name = request.text("name");
  form.born = request.text("born");
  form.found_communes = request.text("communes_how") == "lap";
  if (*chosen.office == OfficeLevel::province) {
    for (const std::string_view code : request.form.fields.all("commune"))
      if (const UnitId commune = unit_in(*house.territory.current(), code, UnitLevel::commune, form.unit, house.clock.today()))
        if (std::ranges::find(form.communes, commune) == form.communes.end()) form.communes.push_back(commune);
  }
  form.salutation = request.text("salutation");
  form.person_name = request.text("person_name");
  form.telephone = request.text("telephone");
  form.post = request.text("post");
  form.password = request.text("password");
  form.again = request.text("again");
  return form;
}

http::Response take(House& house, const http::Request& request) {
  if (begun(house)) return http::Response::redirect(Url("/bat-dau/tien-trinh"));
  const Chosen chosen = chosen_in(house, request);
  if (!code_fits(house, chosen.code)) return ask_code(chosen.code.empty() ? "-" : chosen.code);
  if (!unit_of(house, chosen)) return http::Response::redirect(link_of(house, chosen));
  FirstOfficeForm form = sent_form(house, request, chosen);
  const auto done = begin_first_office(house, chosen.code, form);
  if (!done) {
    if (done.error().code == "first_run.accounts") return http::Response::redirect(Url("/bat-dau/tien-trinh"));
    if (done.error().code == "first_run.code") return ask_code(chosen.code);
    if (form.errors.empty()) return refusal_page(open_frame(tr("Chưa thực hiện được")), done.error().message, {}, http::Status::unavailable);
    return office_page(house, chosen, std::move(form), http::Status::unprocessable);
  }
  const auto signed_in = house.sessions.sign_in(form.telephone, form.password, request.remote_address);
  if (!signed_in) return http::Response::redirect(Url("/dang-nhap"));      // the machine is busy: the account is there, the page asks again
  return with_session(http::Response::redirect(Url("/bat-dau/tien-trinh")), signed_in->token);
}

}  // namespace

bool OfficePage::has(UnitId commune) const { return std::ranges::find(form.communes, commune) != form.communes.end(); }

void add_first_run_pages(Pages& pages) {
  House& house = pages.house();
  pages.open_get(address, [&house](const http::Request& request) { return show(house, request); });
  pages.open_post(address, [&house](const http::Request& request) { return take(house, request); });
}

}  // namespace khuyenhoc::starting
