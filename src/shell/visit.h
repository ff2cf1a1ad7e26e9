// One request of somebody signed in, with what a page needs to answer it: viewer, chosen period, chosen territory day. Pages register here, so none can forget to ask who is there.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measures/figures.h"
#include "platform/http/router.h"
#include "shell/frame.h"
#include "shell/house.h"

namespace khuyenhoc {

class Visit {
 public:
  Visit(House& house, const http::Request& request, Viewer viewer);

  House& house() const { return house_; }
  const http::Request& request() const { return request_; }
  const Viewer& viewer() const { return viewer_; }
  const OrganisationView& organisation() const { return viewer_.organisation(); }
  Language language() const { return viewer_.language(); }
  Day today() const { return viewer_.today(); }

  // The period and the territory day chosen in the top bar (kept in cookies; ?ky= and ?ngay= in the address go before).
  const NamedPeriod& period() const { return period_; }
  // The windows that the unit acted for reports in: its own, or those of an office above it that has set some.
  const Periods& periods() const { return *periods_; }
  Day tree() const { return tree_; }                       // today unless an old territory was chosen
  bool tree_is_old() const { return tree_ != viewer_.today(); }
  Lens lens() const { return lens_; }                      // ?so=chot for the official one
  // The body named by {body} in the address, when it is within the scope of the permission; else none: answer not_found().
  std::optional<BodyId> body(Permission permission, std::string_view parameter = "body") const;

  Frame frame(std::string title, MenuItem section, std::vector<std::string_view> scripts = {}) const;
  http::Response not_found() const;                        // for what does not exist and for what may not be seen, the same
  http::Response refused(const Refusal& refusal, http::Status status) const;
  // Back to a page with a sentence about what was done, shown once.
  http::Response done(const Url& to, const std::string& sentence) const;
  std::string here() const { return request_.target; }
  // The "ve" field of a form or query: a path of this site to go back to; `otherwise` when it is none.
  Url way_back(const Url& otherwise) const;

 private:
  House& house_;
  const http::Request& request_;
  Viewer viewer_;
  std::shared_ptr<const Periods> periods_;
  NamedPeriod period_;
  Day tree_;
  Lens lens_ = Lens::live;
};

// What a route is for, listed by `khuyenhoc routes` and walked by the access-matrix test.
enum class RouteScope {
  open,            // anybody, signed in or not
  signed_in,       // anybody signed in; shows only what is theirs
  body,            // of the body in the address: answers 404 outside the scope
};

// Registers pages. Every handler runs with a Visit made from the session cookie: without one the browser is sent to sign in, and a changed form
// (POST) without the session's token is refused before the handler sees it.
class Pages {
 public:
  using Handler = std::function<http::Response(const Visit&)>;
  using OpenHandler = std::function<http::Response(const http::Request&)>;

  Pages(http::Router& router, House& house) : router_(router), house_(house) {}
  House& house() { return house_; }

  void get(std::string_view pattern, Permission permission, RouteScope scope, Handler handler);
  void post(std::string_view pattern, Permission permission, RouteScope scope, Handler handler);
  // A form that brings a file: its body may be as large as a file that is kept, and its form around it.
  void post_file(std::string_view pattern, Permission permission, RouteScope scope, Handler handler);
  // For everybody signed in, whatever they may do.
  void get(std::string_view pattern, Handler handler);
  void post(std::string_view pattern, Handler handler);
  void open_get(std::string_view pattern, OpenHandler handler);
  void open_post(std::string_view pattern, OpenHandler handler);

 private:
  void add(http::Method method, std::string_view pattern, std::optional<Permission> permission, RouteScope scope, Handler handler, std::size_t body_limit = 0);
  http::Router& router_;
  House& house_;
};

inline constexpr std::string_view session_cookie = "phien";
// A frame for pages without anybody signed in.
Frame open_frame(std::string title);
http::Response refusal_page(const Frame& frame, const std::string& sentence, const std::string& help, http::Status status);
// The association window that people are working on: the newest whose last due day has not passed two weeks ago.
NamedPeriod current_period(const Periods& periods, Day today);

}  // namespace khuyenhoc
