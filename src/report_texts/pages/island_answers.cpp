// What the editor of texts asks: saving one block, the figures that can be inserted, what others have saved meanwhile. docs/islands.md has the wire form.
#include <boost/json.hpp>

#include "base/i18n.h"
#include "report_texts/pages/text_pages.h"

namespace khuyenhoc::report_texts {
namespace {

namespace json = boost::json;

http::Response message(const std::string& sentence, http::Status status) { return http::Response::json(JsonText(json::object{{"message", sentence}}), status); }

// What each token in the text says: {"{{B01}}":"12.309"}
json::object says(const TextFigures& figures, const std::string& markdown) {
  json::object out;
  markdown::with_braces_filled(markdown, [&](std::string_view inside) {
    if (const auto token = figures.names().token(inside)) out[figures.names().text(*token)] = figures.say(*token);
    return std::string();
  });
  return out;
}

json::object text_json(const ReportText& text, const TextFigures& figures, const Viewer& viewer) {
  json::array problems;
  for (const TextProblem& one : figures.problems(text.code, text.markdown)) problems.push_back(json::object{{"line", one.line}, {"token", one.token}, {"message", one.message}});
  return {{"version", text.row_version},
          {"text", text.markdown},
          {"by", text.by_name},
          {"saved", saved_words(text, viewer)},
          {"says", says(figures, text.markdown)},
          {"editor", markdown::to_editor_html(figures.editor_parts(text.markdown)).text()},
          {"html", markdown::to_html(figures.parts(text.markdown)).text()},
          {"problems", std::move(problems)}};
}

http::Response save(const Visit& visit) {
  House& house = visit.house();
  const auto report = house.store.read([&](db::Reader& reader) { return found_report(visit, reader); });
  if (!report) return message(tr("Không có báo cáo này, hoặc báo cáo không thuộc phạm vi của ông/bà."), http::Status::not_found);
  boost::system::error_code broken;
  const json::value parsed = json::parse(*visit.request().body, broken);
  const auto* sent = broken ? nullptr : parsed.if_object();
  const auto* text = sent == nullptr ? nullptr : sent->if_contains("text");
  const auto* version = sent == nullptr ? nullptr : sent->if_contains("version");
  if (text == nullptr || !text->is_string() || version == nullptr || !version->is_int64())
    return message(tr("Bài gửi lên chưa đúng khuôn dạng. Xin tải lại trang rồi ghi lại."), http::Status::unprocessable);
  const std::string code = block_in_address(visit), typed(text->as_string());
  const auto saved = save_or_set_aside(visit, report->id, code, typed, version->as_int64());
  const bool stale = !saved && saved.error().code == "text.stale";
  if (!saved && !stale) return http::Response::json(JsonText(json::object{{"message", saved.error().message}, {"code", saved.error().code}}), status_for(saved.error()));
  return house.store.read([&](db::Reader& reader) {
    const TextFigures figures = figures_of_texts(reader, house, *report, TextLens::as_signed);
    json::object answer = text_json(stale ? text_of(reader, report->id, code) : *saved, figures, visit.viewer());
    if (stale) answer["message"] = saved.error().message;
    return http::Response::json(JsonText(answer), stale ? http::Status::conflict : http::Status::ok);
  });
}

// What the writer gives up when two have written.
http::Response set_aside(const Visit& visit) {
  House& house = visit.house();
  boost::system::error_code broken;
  const json::value parsed = json::parse(*visit.request().body, broken);
  const auto* text = broken || !parsed.is_object() ? nullptr : parsed.as_object().if_contains("text");
  const auto report = house.store.read([&](db::Reader& reader) { return found_report(visit, reader); });
  if (!report) return message(tr("Không có báo cáo này, hoặc báo cáo không thuộc phạm vi của ông/bà."), http::Status::not_found);
  if (text == nullptr || !text->is_string()) return message(tr("Bài gửi lên chưa đúng khuôn dạng. Xin tải lại trang rồi ghi lại."), http::Status::unprocessable);
  const auto done = house.store.write([&](db::Writer& writer) { return set_text_aside(writer, house, visit.viewer(), report->id, block_in_address(visit), std::string(text->as_string())); });
  if (!done) return message(done.error().message, status_for(done.error()));
  return http::Response::json(JsonText(json::object{{"message", tr("Bài của ông/bà nằm trong “Các bản đã ghi”.")}}));
}

// "12.309 hội viên, tăng 120 hội viên so với …, đạt 97,4% kế hoạch năm"
bool is_in_phrase(FigureSaying saying) { return saying == FigureSaying::with_unit || saying == FigureSaying::comparison || saying == FigureSaying::against_plan; }

http::Response figures(const Visit& visit) {
  return visit.house().store.read([&](db::Reader& reader) {
    const auto report = found_report(visit, reader);
    if (!report) return message(tr("Không có báo cáo này, hoặc báo cáo không thuộc phạm vi của ông/bà."), http::Status::not_found);
    TextFigures all = figures_of_texts(reader, visit.house(), *report, TextLens::as_signed);
    all.know_all();
    json::array out;
    for (const FigureNames::Named& one : all.names().all()) {
      json::array sayings;
      for (const FigureSaying saying : all_sayings) {
        const FigureToken token{one.measure, saying};
        if (!all.can_say(token) && saying != FigureSaying::value) continue;
        // a rate has no unit besides its percent sign
        if (saying == FigureSaying::with_unit && all.say(token) == all.say({one.measure, FigureSaying::value})) {
          sayings.back().as_object()["phrase"] = true;
          continue;
        }
        sayings.push_back(json::object{{"token", all.names().text(token)}, {"label", saying_label(saying)}, {"says", all.say(token)}, {"phrase", is_in_phrase(saying)}});
      }
      out.push_back(json::object{{"code", one.code}, {"label", one.label}, {"section", one.section}, {"sayings", std::move(sayings)}});
    }
    return http::Response::json(JsonText(json::object{{"figures", std::move(out)}}));
  });
}

// Texts that are newer than what the page has: ?uu_diem=3&han_che=0
http::Response news(const Visit& visit) {
  return visit.house().store.read([&](db::Reader& reader) {
    const auto report = found_report(visit, reader);
    if (!report) return message(tr("Không có báo cáo này, hoặc báo cáo không thuộc phạm vi của ông/bà."), http::Status::not_found);
    json::object out;
    std::optional<TextFigures> known;
    for (const ReportText& text : texts_of(reader, report->id)) {
      const auto has = visit.request().query_number(text.code);
      if (!has || *has >= text.row_version) continue;
      if (!known) known.emplace(figures_of_texts(reader, visit.house(), *report, TextLens::as_signed));
      out[text.code] = text_json(text, *known, visit.viewer());
    }
    const auto open = entry_lock(reader, *visit.organisation(), report->body, report->body, report->window, report->form);
    return http::Response::json(JsonText(json::object{{"texts", std::move(out)}, {"locked", open ? std::string() : open.error().message}}));
  });
}

}  // namespace

void add_island_answers(Pages& pages) {
  pages.post("/bao-cao-ky/{report:number}/loi-van/{block}/luu", Permission::see_figures, RouteScope::signed_in, save);
  pages.post("/bao-cao-ky/{report:number}/loi-van/{block}/de-rieng", Permission::see_figures, RouteScope::signed_in, set_aside);
  pages.get("/bao-cao-ky/{report:number}/loi-van/so-lieu", Permission::see_figures, RouteScope::signed_in, figures);
  pages.get("/bao-cao-ky/{report:number}/loi-van/moi", Permission::see_figures, RouteScope::signed_in, news);
}

}  // namespace khuyenhoc::report_texts
