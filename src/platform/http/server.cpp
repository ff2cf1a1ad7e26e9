#include "platform/http/server.h"

#include <atomic>
#include <cassert>
#include <condition_variable>
#include <csignal>
#include <thread>
#include <unordered_set>

#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 takes Asio's pair of aligned_alloc and free for a mismatch when it inlines coroutine frames
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "base/i18n.h"
#include "platform/http/error_page.h"
#include "platform/log/log.h"

namespace khuyenhoc::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Parser = beast::http::request_parser<beast::http::string_body>;
using Instant = std::chrono::steady_clock::time_point;
template <class T>
using Task = asio::awaitable<T, Executor>;
constexpr asio::use_awaitable_t<Executor> awaited;
constexpr auto with_error = asio::as_tuple(awaited);

constexpr auto sweep_every = std::chrono::milliseconds(100);
constexpr std::size_t report_limit = 64 * 1'024;

// One connection. Its deadline is looked at by the sweeper of its loop: cheaper than a timer per read, and the socket stays open for a 408.
struct Session {
  explicit Session(Socket connected) : socket(std::move(connected)) {}
  Socket socket;
  Instant deadline = Instant::max();
  bool is_idle = true;         // between two requests: may be cut when stopping
  bool is_late = false;        // the sweeper cancelled what it waited for
  bool is_cut = false;

  void arm(std::int64_t timeout_ms) {
    deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
    is_late = false;
  }
  void disarm() { deadline = Instant::max(); }
  void cut() {
    is_cut = true;
    boost::system::error_code ignored;
    socket.cancel(ignored);
  }
};

// A network thread and the connections that live on it; nobody else touches them.
struct Loop {
  std::unordered_set<Session*> sessions;
  asio::io_context context{1};
  asio::executor_work_guard<Executor> guard{context.get_executor()};
  asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor> sweeper{context};
  std::thread thread;
};

// What came of reading: a request, or the status to refuse it with; none of both when the connection is over.
struct Incoming {
  std::optional<Request> request;
  std::optional<Status> refusal;
  std::string explanation;
  Connection connection = Connection::keep;
};

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

Request request_of(const beast::http::request<beast::http::string_body>& message, Request request) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  for (const auto& field : message) {
    bytes += field.name_string().size() + field.value().size();
    ++count;
  }
  request.headers.reserve(count, bytes);
  std::string all_cookies;     // a browser may send several
  for (const auto& field : message) {
    request.headers.add(view(field.name_string()), view(field.value()));
    if (field.name() == beast::http::field::cookie) all_cookies += (all_cookies.empty() ? "" : "; ") + std::string(view(field.value()));
  }
  request.cookies = parse_cookies(all_cookies);
  return request;
}

std::int64_t microseconds_since(Instant start) { return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count(); }

}  // namespace

void log_access(const Access& access) {
  log::info("{} {} {} {} {} bytes {} us", access.remote_address, method_text(access.method), access.target, number_of(access.status), access.bytes, access.microseconds);
}

struct Server::State {
  State(ServerOptions wanted, const Router& table) : options(std::move(wanted)), router(table), workers(worker_count()) {
    rules.compression = options.compression;
    rules.fixed_headers = security_headers(options.policy_report_path, options.strict_transport);
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned count = options.network_threads != 0 ? options.network_threads : std::min(cores, 4U);
    for (unsigned i = 0; i < count; ++i) loops.push_back(std::make_unique<Loop>());
  }

  unsigned worker_count() const { return options.workers != 0 ? options.workers : 4 * std::max(1U, std::thread::hardware_concurrency()); }

  Task<void> accept_all();
  Task<void> serve(Loop& loop, Socket socket);
  Task<void> sweep(Loop& loop);
  Task<Incoming> read(Session& session, beast::flat_buffer& buffer, std::string_view remote);
  Task<bool> write(Session& session, const Answer& answer);
  Task<void> linger(Session& session);
  Task<Answer> work(Request& request, std::optional<Status> refusal, std::string_view explanation, Connection connection);
  Answer answer(Request& request, std::optional<Status> refusal, std::string_view explanation, Connection connection) const;
  bool is_policy_report(const Request& request) const { return request.method == Method::post && !options.policy_report_path.empty() && request.path == options.policy_report_path; }
  std::string browser_address(const Request& request, std::string_view peer) const;

  ServerOptions options;
  const Router& router;
  AnswerRules rules;
  std::atomic<bool> stopping = false;
  std::atomic<std::size_t> connections = 0;
  std::atomic<std::size_t> waiting = 0;
  std::mutex mutex;
  std::condition_variable nobody_left;
  std::vector<std::unique_ptr<Loop>> loops;
  std::unique_ptr<asio::basic_socket_acceptor<tcp, Executor>> acceptor;
  asio::thread_pool workers;
  bool running = false;
};

Task<void> Server::State::accept_all() {
  std::size_t turn = 0;
  while (!stopping) {
    Loop& loop = *loops[turn++ % loops.size()];
    auto [error, socket] = co_await acceptor->async_accept(loop.context.get_executor(), with_error);
    if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) co_return;
    if (error) {     // out of descriptors: wait for some to be given back
      asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor> pause(loops.front()->context, std::chrono::milliseconds(50));
      co_await pause.async_wait(with_error);
      continue;
    }
    if (connections >= options.connection_limit) continue;   // the socket closes itself
    ++connections;
    asio::co_spawn(loop.context, serve(loop, std::move(socket)), asio::detached);
  }
}

Task<void> Server::State::sweep(Loop& loop) {
  while (true) {
    loop.sweeper.expires_after(sweep_every);
    co_await loop.sweeper.async_wait(with_error);
    const Instant now = std::chrono::steady_clock::now();
    for (Session* session : loop.sessions) {
      if (stopping && session->is_idle) {
        session->cut();
      } else if (session->deadline < now) {
        session->is_late = true;
        boost::system::error_code ignored;
        session->socket.cancel(ignored);
      }
    }
  }
}

Task<void> Server::State::serve(Loop& loop, Socket socket) {
  Session session(std::move(socket));
  struct Registration {
    State& state;
    Loop& loop;
    Session& session;
    Registration(State& s, Loop& l, Session& c) : state(s), loop(l), session(c) { loop.sessions.insert(&session); }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;
    ~Registration() {
      loop.sessions.erase(&session);
      const std::lock_guard lock(state.mutex);
      if (--state.connections == 0) state.nobody_left.notify_all();
    }
  } registration(*this, loop, session);

  boost::system::error_code error;
  session.socket.set_option(tcp::no_delay(true), error);
  const auto endpoint = session.socket.remote_endpoint(error);
  const std::string peer = error ? std::string() : endpoint.address().to_string();
  beast::flat_buffer buffer;
  while (!stopping && !session.is_cut) {
    session.is_idle = buffer.size() == 0;
    Incoming incoming = co_await read(session, buffer, peer);
    session.is_idle = false;
    session.disarm();
    if (!incoming.request) co_return;
    // decided before the handler runs, so that its answer is not the last of a kept connection while we stop
    const Connection connection = stopping ? Connection::close : incoming.connection;
    const Answer answer = co_await work(*incoming.request, incoming.refusal, incoming.explanation, connection);
    const bool sent = co_await write(session, answer);
    if (!sent) co_return;
    if (connection == Connection::close) {
      if (incoming.refusal) {
        co_await linger(session);
      } else {
        session.socket.shutdown(tcp::socket::shutdown_send, error);
      }
      co_return;
    }
  }
}

std::string Server::State::browser_address(const Request& request, std::string_view peer) const {
  if (options.trust_proxy == TrustProxy::on_this_machine && (peer == "127.0.0.1" || peer == "::1")) {
    const auto forwarded = request.headers.all("X-Forwarded-For");
    if (!forwarded.empty()) {
      std::string_view last = forwarded.back();   // the one that our proxy wrote
      if (const std::size_t comma = last.rfind(','); comma != std::string_view::npos) last.remove_prefix(comma + 1);
      while (!last.empty() && last.front() == ' ') last.remove_prefix(1);
      if (!last.empty() && last.size() <= 45) return std::string(last);
    }
  }
  return std::string(peer);
}

Task<Incoming> Server::State::read(Session& session, beast::flat_buffer& buffer, std::string_view peer) {
  Incoming incoming;
  const auto refuse_with = [&](Status status, std::string_view explanation = {}) {
    if (!incoming.request) incoming.request.emplace();
    incoming.request->remote_address = peer;
    incoming.refusal = status;
    incoming.explanation = explanation;
    incoming.connection = Connection::close;
  };

  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(options.head_limit));
  parser.body_limit(boost::none);      // judged below, when the route is known
  session.arm(options.head_timeout_ms);
  auto [head_error, head_bytes] = co_await beast::http::async_read_header(session.socket, buffer, parser, with_error);
  if (head_error) {
    if (session.is_late && (parser.got_some() || buffer.size() > 0)) {
      refuse_with(Status::request_timeout);
    } else if (head_error == beast::http::error::header_limit || head_error == beast::http::error::buffer_overflow) {
      refuse_with(Status::headers_too_large);
    } else if (head_error.category() == beast::http::make_error_code(beast::http::error::bad_method).category() && head_error != beast::http::error::end_of_stream && head_error != beast::http::error::partial_message) {
      refuse_with(Status::bad_request);
    }
    co_return incoming;
  }

  const auto& message = parser.get();
  const auto method = parse_method(view(message.method_string()));
  auto made = Request::make(method.value_or(Method::get), view(message.target()));
  const bool has_host = message.version() < 11 || message.count(beast::http::field::host) == 1;
  incoming.request = request_of(message, made ? std::move(*made) : Request{});
  Request& request = *incoming.request;
  request.remote_address = browser_address(request, peer);
  incoming.connection = parser.keep_alive() ? Connection::keep : Connection::close;
  if (!method) {
    refuse_with(Status::method_not_allowed);
    co_return incoming;
  }
  if (!made || !has_host) {
    refuse_with(Status::bad_request, made ? std::string_view{} : std::string_view(made.error().message));
    co_return incoming;
  }

  const Route* route = router.find(request.method, request.path);
  const std::size_t limit = is_policy_report(request) ? report_limit : route != nullptr && route->info.body_limit != 0 ? route->info.body_limit : options.body_limit;
  if (parser.content_length() && *parser.content_length() > limit) {
    refuse_with(Status::content_too_large);
    co_return incoming;
  }
  parser.body_limit(limit);
  if (same_in_any_case(request.header("Expect"), "100-continue")) {
    static const Answer go_on{"HTTP/1.1 100 Continue\r\n\r\n", nullptr, Status::ok};
    const bool sent = co_await write(session, go_on);
    if (!sent) co_return Incoming{};
  }
  while (!parser.is_done()) {
    session.arm(options.body_timeout_ms);
    auto [body_error, body_bytes] = co_await beast::http::async_read_some(session.socket, buffer, parser, with_error);
    if (!body_error) continue;
    if (session.is_late) {
      refuse_with(Status::request_timeout);
    } else if (body_error == beast::http::error::body_limit) {
      refuse_with(Status::content_too_large);
    } else if (body_error.category() == beast::http::make_error_code(beast::http::error::bad_method).category() && body_error != beast::http::error::partial_message) {
      refuse_with(Status::bad_request);
    } else {
      co_return Incoming{};
    }
    co_return incoming;
  }
  if (!parser.get().body().empty()) request.body = std::make_shared<const std::string>(std::move(parser.get().body()));
  co_return incoming;
}

Answer Server::State::answer(Request& request, std::optional<Status> refusal, std::string_view explanation, Connection connection) const {
  const Instant start = std::chrono::steady_clock::now();
  const auto respond = [&] {
    if (refusal) return router.error(request, *refusal, explanation);
    if (!is_policy_report(request)) return router.handle(request);
    if (options.on_policy_report) options.on_policy_report(*request.body);
    return Response::empty();
  };
  Answer made;
  try {
    made = make_answer(request, respond(), rules, connection);
  } catch (const std::exception& failure) {
    log::error("{} {} failed: {}", method_text(request.method), request.path, failure.what());
    made = make_answer(request, Response::empty(Status::internal_error), {Compression::off, rules.fixed_headers}, connection);
  }
  if (options.on_access) options.on_access({request.remote_address, request.method, request.target, made.status, made.body ? made.body->size() : 0, microseconds_since(start)});
  return made;
}

Task<Answer> Server::State::work(Request& request, std::optional<Status> refusal, std::string_view explanation, Connection connection) {
  const Route* route = refusal ? nullptr : router.find(request.method, request.path);
  if (route != nullptr && route->info.runs == Runs::direct) co_return answer(request, refusal, explanation, connection);
  if (waiting >= options.waiting_limit) {
    Response busy = plain_error_page(request, Status::unavailable, error_explanation(Status::unavailable));
    busy.header("Retry-After", "5");
    co_return make_answer(request, std::move(busy), rules, connection);
  }
  ++waiting;
  const auto start = [&](auto handler) {
    asio::post(workers, [&, handler = std::move(handler)]() mutable {
      --waiting;
      Answer made = answer(request, refusal, explanation, connection);
      const auto home = asio::get_associated_executor(handler);
      asio::post(home, [handler = std::move(handler), made = std::move(made)]() mutable { std::move(handler)(std::move(made)); });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void(Answer)>(start, awaited);
}

Task<bool> Server::State::write(Session& session, const Answer& answer) {
  const std::string_view body = answer.body ? std::string_view(*answer.body) : std::string_view{};
  const std::size_t total = answer.head.size() + body.size();
  std::size_t sent = 0;
  while (sent < total) {
    const std::size_t of_head = std::min(sent, answer.head.size());
    const std::size_t of_body = sent - of_head;
    const std::array<asio::const_buffer, 2> rest = {asio::buffer(answer.head.data() + of_head, answer.head.size() - of_head), asio::buffer(body.data() + of_body, body.size() - of_body)};
    session.arm(options.write_timeout_ms);
    auto [error, bytes] = co_await session.socket.async_write_some(rest, with_error);
    if (error) co_return false;
    sent += bytes;
  }
  session.disarm();
  co_return true;
}

// Closing while the browser still sends would destroy the answer on its way; so its bytes are taken for a moment, and thrown away.
Task<void> Server::State::linger(Session& session) {
  boost::system::error_code error;
  session.socket.shutdown(tcp::socket::shutdown_send, error);
  std::array<char, 16 * 1'024> waste;
  session.is_idle = true;      // nothing of worth is under way: stopping may cut it
  session.arm(2'000);
  for (int round = 0; round < 1'000 && !stopping; ++round) {
    auto [read_error, bytes] = co_await session.socket.async_read_some(asio::buffer(waste), with_error);
    if (read_error) co_return;
  }
}

Server::Server(ServerOptions options, const Router& router) : state_(std::make_unique<State>(std::move(options), router)) {}
Server::~Server() { stop(); }

Result<std::uint16_t> Server::start() {
  State& state = *state_;
  assert(!state.running && "started once");
  const auto cannot_listen = [&](const std::string& why) {
    return refuse("http.cannot_listen", tr("Không mở được địa chỉ {} cổng {}: {}.", state.options.address, state.options.port, why));
  };
  boost::system::error_code error;
  const auto address = asio::ip::make_address(state.options.address, error);
  if (error) return cannot_listen(error.message());
  const tcp::endpoint endpoint(address, state.options.port);
  state.acceptor = std::make_unique<asio::basic_socket_acceptor<tcp, Executor>>(state.loops.front()->context.get_executor());
  state.acceptor->open(endpoint.protocol(), error);
  if (!error) state.acceptor->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) state.acceptor->bind(endpoint, error);
  if (!error) state.acceptor->listen(asio::socket_base::max_listen_connections, error);
  if (error) return cannot_listen(error.message());
  const std::uint16_t port = state.acceptor->local_endpoint().port();
  state.running = true;
  asio::co_spawn(state.loops.front()->context, state.accept_all(), asio::detached);
  for (const auto& loop : state.loops) {
    asio::co_spawn(loop->context, state.sweep(*loop), asio::detached);
    loop->thread = std::thread([&context = loop->context] { context.run(); });
  }
  return port;
}

void Server::stop() {
  State& state = *state_;
  if (!state.running) return;
  state.running = false;
  state.stopping = true;
  asio::post(state.loops.front()->context, [&state] {
    boost::system::error_code ignored;
    state.acceptor->close(ignored);
  });
  {
    std::unique_lock lock(state.mutex);
    const auto is_empty = [&state] { return state.connections == 0; };
    if (!state.nobody_left.wait_for(lock, std::chrono::milliseconds(state.options.stop_timeout_ms), is_empty)) log::warning("{} connections were still open when the server stopped", state.connections.load());
  }
  // A handler cannot be torn away from its thread: those that still run are waited for, their answers go nowhere.
  state.workers.stop();
  state.workers.join();
  for (const auto& loop : state.loops) {
    loop->guard.reset();
    loop->context.stop();
    if (loop->thread.joinable()) loop->thread.join();
  }
  state.acceptor.reset();
  // what is still suspended is destroyed with its context, while the state it refers to is there
  for (const auto& loop : state.loops) loop->sessions.clear();
  state.loops.clear();
}

struct StopSignal::State {
  asio::io_context context{1};
  asio::signal_set signals{context, SIGINT, SIGTERM};
};

StopSignal::StopSignal() : state_(std::make_unique<State>()) {}
StopSignal::~StopSignal() = default;

void StopSignal::wait() {
  state_->signals.async_wait([](const boost::system::error_code&, int) {});
  state_->context.run();
}

void Server::run_until(StopSignal& signal) {
  signal.wait();
  stop();
}

}  // namespace khuyenhoc::http
