// The table of routes: which address and method is answered by whom, and under what conditions. It can be listed and walked.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/request.h"
#include "platform/http/response.h"

namespace khuyenhoc::http {

using Handler = std::function<Response(Request&)>;

// Where a handler runs. `direct` is only for what is answered from memory and never waits: it runs on a thread that serves the network.
enum class Runs : std::uint8_t { on_worker, direct };

// What is true of a route besides its address; `access` is the field's own word ("public", "signed_in", "enter_figures") for whoever checks it.
struct RouteInfo {
  std::string access = {};
  std::string summary = {};
  std::size_t body_limit = 0;          // 0: as the server's options say
  Runs runs = Runs::on_worker;
};

struct Route {
  Method method;
  std::string pattern;                 // "/don-vi/{id:number}/so-lieu"
  Handler handler;
  RouteInfo info;
};

// The rest of the way to the handler, for steps around it. A step runs for unknown addresses too (request.route is none).
class Next {
 public:
  Response operator()() const;

 private:
  friend class Router;
  Next(const class Router& router, Request& request, std::size_t step) : router_(router), request_(request), step_(step) {}
  const Router& router_;
  Request& request_;
  std::size_t step_;
};
using Step = std::function<Response(Request&, const Next&)>;

// What a person sees when a request fails: `explanation` is a whole sentence in the language of the request.
using ErrorPage = std::function<Response(const Request&, Status, std::string_view explanation)>;
// Hears of an exception that ended a request.
using FailureHook = std::function<void(const Request&, std::string_view what)>;

class Router {
 public:
  Router();
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // Patterns are made of literal segments, {name}, {name:number} (a whole number from 0), {name:uuid} and, last, {name:rest}. A literal wins over a
  // number or UUID, these over a name, these over the rest. Asserts on a pattern that is malformed or added twice.
  void add(Method method, std::string_view pattern, Handler handler, RouteInfo info = {});
  void around(Step step);                            // the first one added is the outermost
  void on_error(ErrorPage page) { error_page_ = std::move(page); }
  void on_failure(FailureHook hook) { failure_ = std::move(hook); }

  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }   // in the order added

  // Finds the route, reads the form, runs steps and handler; a failure of theirs becomes the error page. Never throws.
  Response handle(Request request) const;
  // The route and its parameters alone; none for an unknown address or method. GET answers HEAD.
  const Route* find(Method method, std::string_view path) const;
  Response error(const Request& request, Status status, std::string_view explanation = {}) const;

 private:
  friend class Next;
  struct Node;
  struct Match;

  bool match(const Node& node, std::string_view rest, Match& found) const;
  Response run(Request& request, std::size_t step) const;
  Response dispatch(Request& request) const;
  std::optional<Refusal> read_form(Request& request) const;

  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route>> routes_;
  std::vector<Step> steps_;
  ErrorPage error_page_;
  FailureHook failure_;
};

}  // namespace khuyenhoc::http
