#include "platform/http/router.h"

#include <cassert>

#include "base/i18n.h"
#include "platform/http/error_page.h"
#include "platform/log/log.h"

namespace khuyenhoc::http {

// One segment of the patterns; routes hang on the node where their pattern ends.
struct Router::Node {
  enum class Kind : std::uint8_t { number, uuid, name, rest };
  struct Variable {
    Kind kind;
    std::string name;
    std::unique_ptr<Node> node;
  };
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::vector<Variable> variables;     // in the order of Kind
  std::array<const Route*, 7> routes{};
  bool answers() const {
    return std::any_of(routes.begin(), routes.end(), [](const Route* route) { return route != nullptr; });
  }
};

struct Router::Match {
  const Node* node = nullptr;
  std::vector<std::pair<std::string_view, std::string>> parameters;
};

namespace {

// "/a/b" -> "a" and "/b"; the rest of "/a" is "".
std::pair<std::string_view, std::string_view> first_segment(std::string_view path) {
  path.remove_prefix(1);
  const std::size_t slash = std::min(path.find('/'), path.size());
  return {path.substr(0, slash), path.substr(slash)};
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()), error_page_(plain_error_page) {
  failure_ = [](const Request& request, std::string_view what) { log::error("{} {} failed: {}", method_text(request.method), request.path, what); };
}
Router::~Router() = default;

void Router::add(Method method, std::string_view pattern, Handler handler, RouteInfo info) {
  assert(pattern.starts_with('/') && "a pattern begins with /");
  assert(method != Method::head && method != Method::options && "HEAD and OPTIONS are answered by the router");
  Node* node = root_.get();
  for (std::string_view rest = pattern; !rest.empty();) {
    const auto [segment, after] = first_segment(rest);
    rest = after;
    if (!segment.starts_with('{')) {
      auto& next = node->literals[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
      continue;
    }
    assert(segment.ends_with('}') && "a variable segment is {name} or {name:kind}");
    const std::string_view inside = segment.substr(1, segment.size() - 2);
    const std::size_t colon = std::min(inside.find(':'), inside.size());
    const std::string_view kind_text = inside.substr(std::min(colon + 1, inside.size()));
    const auto kind = kind_text == "number" ? Node::Kind::number : kind_text == "uuid" ? Node::Kind::uuid : kind_text == "rest" ? Node::Kind::rest : Node::Kind::name;
    assert((kind != Node::Kind::name || kind_text.empty()) && "a variable segment is a number, a uuid, a name or the rest");
    assert((kind != Node::Kind::rest || rest.empty()) && "{name:rest} stands last");
    const auto name = inside.substr(0, colon);
    auto found = std::find_if(node->variables.begin(), node->variables.end(), [&](const auto& variable) { return variable.kind == kind && variable.name == name; });
    if (found == node->variables.end()) {
      const auto place = std::find_if(node->variables.begin(), node->variables.end(), [&](const auto& variable) { return variable.kind > kind; });
      found = node->variables.insert(place, {kind, std::string(name), std::make_unique<Node>()});
    }
    node = found->node.get();
  }
  const Route*& slot = node->routes[static_cast<std::size_t>(method)];
  assert(slot == nullptr && "two routes for one address and method");
  slot = routes_.emplace_back(std::make_unique<Route>(Route{method, std::string(pattern), std::move(handler), std::move(info)})).get();
}

void Router::around(Step step) { steps_.push_back(std::move(step)); }

bool Router::match(const Node& node, std::string_view rest, Match& found) const {
  if (rest.empty()) {
    found.node = &node;
    return node.answers();
  }
  const auto [segment, after] = first_segment(rest);
  if (const auto literal = node.literals.find(segment); literal != node.literals.end() && match(*literal->second, after, found)) return true;
  for (const auto& variable : node.variables) {
    const bool takes_rest = variable.kind == Node::Kind::rest;
    auto value = decoded_segment(takes_rest ? rest.substr(1) : segment);
    if (!value || value->empty()) continue;
    if (variable.kind == Node::Kind::number && !is_number(*value)) continue;
    if (variable.kind == Node::Kind::uuid && !Uuid::parse(*value)) continue;
    found.parameters.emplace_back(variable.name, std::move(*value));
    if (match(*variable.node, takes_rest ? std::string_view{} : after, found)) return true;
    found.parameters.pop_back();
  }
  return false;
}

const Route* Router::find(Method method, std::string_view path) const {
  Match found;
  if (!path.starts_with('/') || !match(*root_, path, found)) return nullptr;
  return found.node->routes[static_cast<std::size_t>(method == Method::head ? Method::get : method)];
}

Response Next::operator()() const { return router_.run(request_, step_); }

Response Router::run(Request& request, std::size_t step) const {
  if (step == steps_.size()) return dispatch(request);
  return steps_[step](request, Next(*this, request, step + 1));
}

Response Router::handle(Request request) const {
  try {
    Match found;
    const bool known = match(*root_, request.path, found);
    if (known) {
      request.route = found.node->routes[static_cast<std::size_t>(request.method == Method::head ? Method::get : request.method)];
      for (const auto& [name, value] : found.parameters) request.parameters.add(name, value);
    }
    if (request.route != nullptr) {
      if (const auto refusal = read_form(request)) return error(request, Status::bad_request, refusal->message);
    }
    return run(request, 0);
  } catch (const std::exception& failure) {
    failure_(request, failure.what());
  } catch (...) {
    failure_(request, "an exception of unknown type");
  }
  return error(request, Status::internal_error);
}

Response Router::dispatch(Request& request) const {
  if (request.route != nullptr) return request.route->handler(request);
  Match found;
  if (!match(*root_, request.path, found)) return error(request, Status::not_found);
  std::string allow;
  for (const Route* route : found.node->routes) {
    if (route == nullptr) continue;
    allow += (allow.empty() ? "" : ", ") + std::string(method_text(route->method));
    if (route->method == Method::get) allow += ", HEAD";
  }
  allow += ", OPTIONS";
  if (request.method == Method::options) return Response::empty().header("Allow", allow);
  return error(request, Status::method_not_allowed).header("Allow", allow);
}

std::optional<Refusal> Router::read_form(Request& request) const {
  if (request.body->empty()) return std::nullopt;
  const std::string_view type = request.header("Content-Type");
  if (const auto boundary = multipart_boundary(type)) {
    auto form = parse_multipart(*request.body, *boundary);
    if (!form) return form.error();
    request.form = std::move(*form);
  } else if (same_in_any_case(type.substr(0, type.find(';')), "application/x-www-form-urlencoded")) {
    auto fields = parse_urlencoded(*request.body);
    if (!fields) return fields.error();
    request.form.fields = std::move(*fields);
  }
  return std::nullopt;
}

Response Router::error(const Request& request, Status status, std::string_view explanation) const {
  const std::string sentence = explanation.empty() ? error_explanation(status) : std::string(explanation);
  try {
    return error_page_(request, status, sentence);
  } catch (const std::exception& failure) {
    failure_(request, failure.what());
    return plain_error_page(request, status, sentence);
  }
}

}  // namespace khuyenhoc::http
