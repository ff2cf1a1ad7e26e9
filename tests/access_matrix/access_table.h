// What every route answers: to whom it opens, and the status it gives where it does. A route without a row here fails the test.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "access/viewer.h"
#include "platform/http/router.h"

namespace khuyenhoc {

enum class Opens { to_everybody, to_whoever_signed_in, by_permission };
enum class About { nothing, a_body, a_unit, a_user };

using Statuses = std::set<int>;

struct RouteRule {
  http::Method method = http::Method::get;
  std::string_view pattern;
  Opens opens = Opens::by_permission;
  std::optional<Permission> needs = {};
  About about = About::nothing;
  // Where it opens: of an association (or a route about nothing), of a branch or board, of a body that has ended. A changed form is sent empty.
  Statuses association = {200};
  Statuses branch = {200};
  Statuses ended = {200};
};

// Answers of routes that anybody signed in may ask, and of those that a permission opens.
inline const std::vector<RouteRule>& access_table() {
  using enum Permission;
  constexpr auto GET = http::Method::get, POST = http::Method::post;
  const Statuses seen{200}, sent_on{303}, mended{422}, changed_since{409}, unknown{404};
  static const std::vector<RouteRule> table{
      {GET, "/dang-nhap", Opens::to_everybody, {}, About::nothing, sent_on},
      {POST, "/dang-nhap", Opens::to_everybody, {}, About::nothing, mended},
      {POST, "/dang-xuat", Opens::to_whoever_signed_in, {}, About::nothing, sent_on},
      {GET, "/doi-mat-khau", Opens::to_whoever_signed_in, {}, About::nothing, seen},
      {POST, "/doi-mat-khau", Opens::to_whoever_signed_in, {}, About::nothing, mended},
      {POST, "/don-vi-lam-viec", Opens::to_whoever_signed_in, {}, About::nothing, {403}},
      {GET, "/ky", Opens::to_whoever_signed_in, {}, About::nothing, mended},
      {GET, "/dia-gioi-xem", Opens::to_whoever_signed_in, {}, About::nothing, sent_on},
      {POST, "/chu-to", Opens::to_whoever_signed_in, {}, About::nothing, sent_on},
      {POST, "/ngon-ngu", Opens::to_whoever_signed_in, {}, About::nothing, sent_on},
      {GET, "/tai-khoan", Opens::by_permission, manage_users, About::nothing, seen},
      {GET, "/tai-khoan/moi", Opens::by_permission, manage_users, About::nothing, seen},
      {POST, "/tai-khoan/moi", Opens::by_permission, manage_users, About::nothing, mended},
      {GET, "/tai-khoan/{user:number}", Opens::by_permission, manage_users, About::a_user, seen},
      {POST, "/tai-khoan/{user:number}/phieu", Opens::by_permission, manage_users, About::a_user, seen},
      {GET, "/tai-khoan/{user:number}/nghi", Opens::by_permission, manage_users, About::a_user, seen},
      {POST, "/tai-khoan/{user:number}/nghi", Opens::by_permission, manage_users, About::a_user, mended},
      {POST, "/tai-khoan/{user:number}/mo-lai", Opens::by_permission, manage_users, About::a_user, mended},
      {GET, "/tai-khoan/{user:number}/uy-quyen", Opens::by_permission, manage_users, About::a_user, seen},
      {POST, "/tai-khoan/{user:number}/uy-quyen", Opens::by_permission, manage_users, About::a_user, mended},
      {GET, "/uy-quyen", Opens::to_whoever_signed_in, {}, About::nothing, seen},
      {POST, "/uy-quyen", Opens::to_whoever_signed_in, {}, About::nothing, mended},
      // {holding} and {sheet} are none at all
      {GET, "/ban-giao-chuc-vu/{holding:number}", Opens::by_permission, manage_users, About::nothing, unknown},
      {POST, "/ban-giao-chuc-vu/{holding:number}", Opens::by_permission, manage_users, About::nothing, unknown},
      {GET, "/tai-khoan/phieu", Opens::by_permission, manage_users, About::nothing, seen},
      {POST, "/tai-khoan/phieu", Opens::by_permission, manage_users, About::nothing, mended},
      {GET, "/tai-khoan/phieu/{sheet:number}", Opens::by_permission, manage_users, About::nothing, unknown},
      {GET, "/tai-khoan/phieu/{sheet:number}/phieu.pdf", Opens::by_permission, manage_users, About::nothing, unknown},
      {GET, "/tai-khoan/phieu/{sheet:number}/danh-sach.pdf", Opens::by_permission, manage_users, About::nothing, unknown},
      {GET, "/tai-khoan/phieu/{sheet:number}/danh-sach.docx", Opens::by_permission, manage_users, About::nothing, unknown},
      {POST, "/tai-khoan/phieu/{sheet:number}/xoa-ma", Opens::by_permission, manage_users, About::nothing, unknown},
      {GET, "/nhat-ky", Opens::by_permission, see_audit, About::nothing, seen},

      {GET, "/", Opens::to_whoever_signed_in, {}, About::nothing, seen},
      {GET, "/muc-khac", Opens::to_whoever_signed_in, {}, About::nothing, seen},

      {GET, "/bat-dau", Opens::to_everybody, {}, About::nothing, sent_on},
      {POST, "/bat-dau", Opens::to_everybody, {}, About::nothing, sent_on},
      {GET, "/bat-dau/tien-trinh", Opens::by_permission, keep_bodies, About::nothing, seen},
      {POST, "/bat-dau/de-sau", Opens::by_permission, keep_bodies, About::nothing, unknown},
      {POST, "/bat-dau/lam-tiep", Opens::by_permission, keep_bodies, About::nothing, unknown},

      {GET, "/to-chuc", Opens::by_permission, see_figures, About::nothing, seen},
      {GET, "/to-chuc/tim", Opens::by_permission, see_figures, About::nothing, seen},
      {GET, "/to-chuc/{body:number}", Opens::by_permission, see_figures, About::a_body, seen, seen, seen},
      {GET, "/to-chuc/{body:number}/nhanh", Opens::by_permission, see_figures, About::a_body, sent_on, sent_on, sent_on},
      {GET, "/to-chuc/{body:number}/truc-thuoc.xlsx", Opens::by_permission, see_figures, About::a_body, seen, seen, seen},
      {GET, "/to-chuc/{body:number}/doi-ten", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/doi-ten", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/nguoi-dung-dau", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/nguoi-dung-dau", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/thanh-lap", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/thanh-lap", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su", Opens::by_permission, see_names, About::a_body, seen, seen, seen},
      // {ky}, {nguoi} and {giu} are of no body here
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}", Opens::by_permission, see_names, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/danh-sach.docx", Opens::by_permission, see_names, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/danh-sach.pdf", Opens::by_permission, see_names, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/danh-sach.xlsx", Opens::by_permission, see_names, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/nhiem-ky", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/nhiem-ky", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/ket-thuc", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/{ky:number}/ket-thuc", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/them", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/{ky:number}/them", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/thoi/{nguoi:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/{ky:number}/thoi/{nguoi:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/chuc-vu", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/chuc-vu", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/sua", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/{ky:number}/sua", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/bo", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/{ky:number}/bo", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/sua/{nguoi:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/{ky:number}/sua/{nguoi:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/{ky:number}/bo/{nguoi:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/{ky:number}/bo/{nguoi:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}/sua", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}/sua", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}/bo", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}/bo", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/phan-cong", Opens::by_permission, see_names, About::a_body, seen, seen, seen},
      {POST, "/to-chuc/{body:number}/phan-cong", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/xep-loai", Opens::by_permission, see_figures, About::a_body, seen, seen, seen},
      {POST, "/to-chuc/{body:number}/xep-loai", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/the-thuc", Opens::by_permission, see_figures, About::a_body, seen, seen, seen},
      {GET, "/to-chuc/{body:number}/the-thuc/dau-van-ban", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/the-thuc/dau-van-ban", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/the-thuc/danh-so", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/the-thuc/danh-so", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/the-thuc/quy-dinh-ky", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/the-thuc/quy-dinh-ky", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      // {quy} and {anh} are of no body here
      {GET, "/to-chuc/{body:number}/the-thuc/quy-dinh-ky/{quy:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/the-thuc/quy-dinh-ky/{quy:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/the-thuc/anh", Opens::by_permission, sign, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/the-thuc/anh", Opens::by_permission, sign, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/the-thuc/anh/{anh:number}", Opens::by_permission, sign, About::a_body, unknown, unknown, unknown},
      {POST, "/to-chuc/{body:number}/the-thuc/anh/{anh:number}", Opens::by_permission, sign, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/the-thuc/anh/{anh:number}/hinh.png", Opens::by_permission, sign, About::a_body, unknown, unknown, unknown},
      {GET, "/to-chuc/{body:number}/quyet-dinh-thanh-lap.docx", Opens::by_permission, see_names, About::a_body, {200, 422}, seen, seen},
      {GET, "/to-chuc/{body:number}/quyet-dinh-thanh-lap.pdf", Opens::by_permission, see_names, About::a_body, {200, 422}, seen, seen},
      {GET, "/to-chuc/{body:number}/doi-dia-ban", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/doi-dia-ban", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      {GET, "/to-chuc/{body:number}/lien-he", Opens::by_permission, keep_bodies, About::a_body, seen, seen, unknown},
      {POST, "/to-chuc/{body:number}/lien-he", Opens::by_permission, keep_bodies, About::a_body, mended, mended, unknown},
      // {nguoi} is of no body here
      {POST, "/to-chuc/{body:number}/lien-he/{nguoi:number}/thoi", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/dia-gioi/{unit:number}", Opens::by_permission, see_figures, About::a_unit, seen},
      {GET, "/dia-gioi/{unit:number}/nhanh", Opens::by_permission, see_figures, About::a_unit, sent_on},

      // {lan} is no draft and no restructure at all
      {GET, "/sap-xep", Opens::by_permission, restructure, About::nothing, seen},
      {POST, "/sap-xep", Opens::by_permission, restructure, About::nothing, sent_on},
      {GET, "/sap-xep/ban-nhap/{lan:number}", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/ban-nhap/{lan:number}", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/ban-nhap/{lan:number}/viec", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/ban-nhap/{lan:number}/viec/{so:number}", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/ban-nhap/{lan:number}/viec/{so:number}", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/ban-nhap/{lan:number}/xem-truoc", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/ban-nhap/{lan:number}/chuc-vu", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/ban-nhap/{lan:number}/thuc-hien", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/ban-nhap/{lan:number}/quyet-dinh.docx", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/ban-nhap/{lan:number}/quyet-dinh.pdf", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/{lan:number}", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/{lan:number}/chuyen-so", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/{lan:number}/cap-nhat", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/{lan:number}/khep-lai", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/{lan:number}/khoi-phuc", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/{lan:number}/khoi-phuc", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/{lan:number}/quyet-dinh.docx", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/{lan:number}/quyet-dinh.pdf", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/{lan:number}/bien-ban.docx", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/{lan:number}/bien-ban.pdf", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/ban-giao/{body:number}", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/{lan:number}/ban-giao/{body:number}", Opens::by_permission, restructure, About::nothing, unknown},
      {POST, "/sap-xep/{lan:number}/ban-giao/{body:number}", Opens::by_permission, restructure, About::nothing, unknown},
      {GET, "/sap-xep/truoc-sau/{body:number}", Opens::by_permission, see_figures, About::a_body, seen, seen, sent_on},

      {GET, "/nhap-so-lieu", Opens::by_permission, enter_figures, About::nothing, sent_on},
      {GET, "/nhap-so-lieu/{body:number}", Opens::by_permission, enter_figures, About::a_body, seen, sent_on, mended},
      {POST, "/nhap-so-lieu/{body:number}", Opens::by_permission, enter_figures, About::a_body, sent_on, mended, mended},
      {POST, "/nhap-so-lieu/{body:number}/o", Opens::by_permission, enter_figures, About::a_body, mended, mended, mended},
      {POST, "/nhap-so-lieu/{body:number}/o-rieng", Opens::by_permission, enter_figures, About::a_body, mended, mended, mended},
      {POST, "/nhap-so-lieu/{body:number}/rieng", Opens::by_permission, enter_figures, About::a_body, sent_on, mended, mended},
      {GET, "/nhap-so-lieu/{body:number}/cach-tinh", Opens::by_permission, enter_figures, About::a_body, seen, unknown, mended},
      {POST, "/nhap-so-lieu/{body:number}/cach-tinh", Opens::by_permission, enter_figures, About::a_body, changed_since, unknown, mended},
      {GET, "/nhap-so-lieu/{body:number}/cau-hoi", Opens::by_permission, enter_figures, About::a_body, {200, 303}, mended, mended},
      {POST, "/nhap-so-lieu/{body:number}/cau-hoi", Opens::by_permission, enter_figures, About::a_body, {303, 422}, mended, mended},
      // {chi_hoi} is Thôn 2 of Ea Kar: of any other association it is unknown.
      {GET, "/nhap-so-lieu/{body:number}/nhac/{chi_hoi:number}", Opens::by_permission, enter_figures, About::a_body, {200, 404}, unknown, unknown},
      {GET, "/nhap-so-lieu/{body:number}/tep", Opens::by_permission, enter_figures, About::a_body, seen, mended, mended},
      {GET, "/nhap-so-lieu/{body:number}/doc-tep", Opens::by_permission, enter_figures, About::a_body, seen, mended, mended},
      {POST, "/nhap-so-lieu/{body:number}/tep", Opens::by_permission, enter_figures, About::a_body, mended, mended, mended},
      // {lan} is no upload at all
      {GET, "/nhap-so-lieu/{body:number}/tep/{lan:number}", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-so-lieu/{body:number}/tep/{lan:number}", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-so-lieu/{body:number}/tep/{lan:number}/loi", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {GET, "/phieu/{body:number}", Opens::by_permission, enter_figures, About::a_body, mended, seen, mended},
      {POST, "/phieu/{body:number}", Opens::by_permission, enter_figures, About::a_body, mended, sent_on, mended},
      {POST, "/phieu/{body:number}/o", Opens::by_permission, enter_figures, About::a_body, mended, mended, mended},

      {GET, "/so-lieu", Opens::by_permission, see_figures, About::nothing, seen},
      {GET, "/so-lieu/{body:number}", Opens::by_permission, see_figures, About::a_body, seen, seen, seen},
      {GET, "/so-lieu/{body:number}/gom", Opens::by_permission, see_figures, About::a_body, seen, seen, seen},
      {GET, "/so-lieu/{body:number}/chi-tieu", Opens::by_permission, see_figures, About::a_body, seen, seen, seen},
      {GET, "/so-lieu/{body:number}/bang.xlsx", Opens::by_permission, see_figures, About::a_body, seen, seen, seen},
      {GET, "/so-lieu/dia-gioi/{unit:number}", Opens::by_permission, see_figures, About::a_unit, seen},
      {GET, "/so-lieu/dia-gioi/{unit:number}/gom", Opens::by_permission, see_figures, About::a_unit, seen},
      {GET, "/so-lieu/dia-gioi/{unit:number}/chi-tieu", Opens::by_permission, see_figures, About::a_unit, seen},
      {GET, "/so-lieu/dia-gioi/{unit:number}/bang.xlsx", Opens::by_permission, see_figures, About::a_unit, seen},

      // offices with units of their own: a province or a commune; {phu_luc} is no annex at all
      {GET, "/so-lieu-nam-truoc", Opens::by_permission, enter_figures, About::nothing, sent_on},
      {GET, "/so-lieu-nam-truoc/{body:number}", Opens::by_permission, enter_figures, About::a_body, {200, 404}, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/tinh-lai", Opens::by_permission, enter_figures, About::a_body, {303, 404}, unknown, unknown},
      {GET, "/so-lieu-nam-truoc/{body:number}/nap", Opens::by_permission, enter_figures, About::a_body, {200, 404}, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/nap", Opens::by_permission, enter_figures, About::a_body, {422, 404}, unknown, unknown},
      {GET, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/cot", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/cot", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {GET, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/khoi-phuc", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/bo", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {GET, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/tep", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {GET, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/loi", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {GET, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/ban-ky", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/{phu_luc:number}/ban-ky", Opens::by_permission, enter_figures, About::a_body, unknown, unknown, unknown},
      {GET, "/so-lieu-nam-truoc/{body:number}/to-chuc-cu", Opens::by_permission, keep_bodies, About::a_body, {200, 404}, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/to-chuc-cu", Opens::by_permission, keep_bodies, About::a_body, {422, 404}, unknown, unknown},
      {POST, "/so-lieu-nam-truoc/{body:number}/to-chuc-cu/khoi-phuc", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},

      {GET, "/nhap-tep", Opens::to_whoever_signed_in, {}, About::nothing, seen},
      // a branch may have boards below it, a board has nothing; {lan} is no import at all
      {GET, "/nhap-tep/{body:number}/to-chuc", Opens::by_permission, keep_bodies, About::a_body, seen, {200, 422}, mended},
      {POST, "/nhap-tep/{body:number}/to-chuc", Opens::by_permission, keep_bodies, About::a_body, mended, mended, mended},
      {GET, "/nhap-tep/{body:number}/to-chuc/mau.xlsx", Opens::by_permission, keep_bodies, About::a_body, seen, {200, 422}, mended},
      {GET, "/nhap-tep/{body:number}/to-chuc/{lan:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/to-chuc/{lan:number}/cot", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/to-chuc/{lan:number}/cot", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/to-chuc/{lan:number}/xem-truoc", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/to-chuc/{lan:number}/chon", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/to-chuc/{lan:number}/ghi", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/to-chuc/{lan:number}/khoi-phuc", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/to-chuc/{lan:number}/bo", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/to-chuc/{lan:number}/chua-nhap.xlsx", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      // what has branches below it can be restructured by a list; {lan} is no import at all
      {GET, "/chi-tieu-nam", Opens::by_permission, see_figures, About::nothing, sent_on},
      {GET, "/chi-tieu-nam/{body:number}", Opens::by_permission, see_figures, About::a_body, seen, mended, seen},
      {POST, "/chi-tieu-nam/{body:number}", Opens::by_permission, keep_bodies, About::a_body, mended, mended, mended},
      // who has no association below assigns nothing
      {GET, "/chi-tieu-nam/{body:number}/phan-giao", Opens::by_permission, see_figures, About::a_body, {200, 404}, unknown, unknown},
      {POST, "/chi-tieu-nam/{body:number}/phan-giao", Opens::by_permission, keep_bodies, About::a_body, {422, 404}, unknown, unknown},
      {POST, "/chi-tieu-nam/{body:number}/quyet-dinh", Opens::by_permission, keep_bodies, About::a_body, mended, mended, mended},
      {GET, "/chi-tieu-nam/{body:number}/quyet-dinh.docx", Opens::by_permission, see_figures, About::a_body, seen, mended, seen},
      {GET, "/chi-tieu-nam/{body:number}/bang.xlsx", Opens::by_permission, see_figures, About::a_body, seen, mended, seen},
      {GET, "/nhap-tep/{body:number}/chi-tieu", Opens::by_permission, keep_bodies, About::a_body, {200, 422}, mended, mended},
      {POST, "/nhap-tep/{body:number}/chi-tieu", Opens::by_permission, keep_bodies, About::a_body, mended, mended, mended},
      {GET, "/nhap-tep/{body:number}/chi-tieu/mau.xlsx", Opens::by_permission, keep_bodies, About::a_body, {200, 422}, mended, mended},
      {GET, "/nhap-tep/{body:number}/chi-tieu/{lan:number}", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/chi-tieu/{lan:number}/cot", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/chi-tieu/{lan:number}/cot", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/chi-tieu/{lan:number}/xem-truoc", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/chi-tieu/{lan:number}/chon", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/chi-tieu/{lan:number}/ghi", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/chi-tieu/{lan:number}/khoi-phuc", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/chi-tieu/{lan:number}/bo", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/chi-tieu/{lan:number}/chua-nhap.xlsx", Opens::by_permission, keep_bodies, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/sap-xep", Opens::by_permission, restructure, About::a_body, seen, mended, mended},
      {POST, "/nhap-tep/{body:number}/sap-xep", Opens::by_permission, restructure, About::a_body, mended, mended, mended},
      {GET, "/nhap-tep/{body:number}/sap-xep/mau.xlsx", Opens::by_permission, restructure, About::a_body, seen, mended, mended},
      {GET, "/nhap-tep/{body:number}/sap-xep/{lan:number}", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/sap-xep/{lan:number}/cot", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/sap-xep/{lan:number}/cot", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/sap-xep/{lan:number}/xem-truoc", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/sap-xep/{lan:number}/chon", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/sap-xep/{lan:number}/ghi", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/sap-xep/{lan:number}/khoi-phuc", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},
      {POST, "/nhap-tep/{body:number}/sap-xep/{lan:number}/bo", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},
      {GET, "/nhap-tep/{body:number}/sap-xep/{lan:number}/chua-nhap.xlsx", Opens::by_permission, restructure, About::a_body, unknown, unknown, unknown},

      {GET, "/bao-cao", Opens::to_whoever_signed_in, {}, About::nothing, seen},
      {GET, "/bao-cao/{body:number}/cong-tac", Opens::by_permission, see_figures, About::a_body, seen, mended, mended},
      {GET, "/bao-cao/{body:number}/cong-tac.docx", Opens::by_permission, see_figures, About::a_body, seen, mended, mended},
      {GET, "/bao-cao/{body:number}/cong-tac.pdf", Opens::by_permission, see_figures, About::a_body, seen, mended, mended},
      {GET, "/bao-cao/{body:number}/cong-tac.xlsx", Opens::by_permission, see_figures, About::a_body, seen, mended, mended},
  };
  return table;
}

}  // namespace khuyenhoc
