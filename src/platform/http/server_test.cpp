#include "platform/http/server.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <brotli/decode.h>
#include <gmock/gmock.h>

#include "platform/http/client.h"
#include "platform/http/static_files.h"

namespace khuyenhoc::http {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// A small site on a port of its own.
class Site : public ::testing::Test {
 protected:
  Site() {
    router_.add(Method::get, "/", [](Request&) { return Response::text("trang đầu"); });
    router_.add(Method::get, "/lon", [](Request&) { return Response::text(std::string(20'000, 'a')); });
    router_.add(Method::post, "/ghi", [](Request& request) { return Response::text(request.text("ten")); });
    RouteInfo upload;
    upload.body_limit = 200'000;
    router_.add(Method::post, "/tep", [](Request& request) { return Response::text(request.file("tep") == nullptr ? "none" : request.file("tep")->file_name + " " + std::to_string(request.file("tep")->content.size())); }, upload);
    router_.add(Method::get, "/dia-chi", [](Request& request) { return Response::text(request.remote_address + " " + std::string(request.cookie("a")) + std::string(request.cookie("b"))); });
    router_.add(Method::get, "/hong", [](Request&) -> Response { throw std::runtime_error("broken"); });
    router_.add(Method::get, "/lau", [this](Request&) {
      started_ = true;
      while (!released_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return Response::text("xong");
    });
    router_.on_failure([](const Request&, std::string_view) {});
    options_.port = 0;
    options_.body_limit = 10'000;
    options_.workers = 2;
  }
  ~Site() override {
    released_ = true;
    if (server_) server_->stop();
  }

  std::uint16_t start() {
    server_ = std::make_unique<Server>(options_, router_);
    const auto port = server_->start();
    EXPECT_TRUE(port);
    return *port;
  }

  Router router_;
  ServerOptions options_;
  std::unique_ptr<Server> server_;
  std::atomic<bool> started_ = false;
  std::atomic<bool> released_ = false;
};

TEST_F(Site, One_connection_carries_many_requests) {
  Client client(start());
  for (int i = 0; i < 3; ++i) {
    const ClientResponse response = client.get("/");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "trang đầu");
    EXPECT_EQ(response.header("Connection"), "keep-alive");
    EXPECT_THAT(response.header("Content-Security-Policy"), HasSubstr("default-src 'self'"));
  }
}

TEST_F(Site, Requests_sent_ahead_are_answered_in_their_order) {
  Client client(start());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nPOST /ghi HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\nten=bGET /khong HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.receive()->body, "trang đầu");
  EXPECT_EQ(client.receive()->body, "b");
  EXPECT_EQ(client.receive()->status, 404);
}

TEST_F(Site, Head_has_the_head_of_get_and_no_body) {
  Client client(start());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto response = client.receive(Client::Body::none);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->header("Content-Length"), "12");
  EXPECT_EQ(client.get("/").body, "trang đầu");
}

TEST_F(Site, A_wrong_method_and_a_failing_handler_keep_the_connection) {
  Client client(start());
  const ClientResponse wrong = client.post("/", "");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, OPTIONS");
  client.send("BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.receive()->status, 405);
  Client second(start());
  EXPECT_EQ(second.get("/hong").status, 500);
  EXPECT_THAT(second.get("/hong").body, HasSubstr("Máy chủ gặp trục trặc"));
  EXPECT_EQ(second.get("/").status, 200);
}

TEST_F(Site, Too_much_is_refused_by_its_own_status) {
  const std::uint16_t port = start();
  EXPECT_EQ(Client(port).post("/ghi", "ten=" + std::string(9'000, 'x')).status, 200);
  EXPECT_EQ(Client(port).post("/ghi", "ten=" + std::string(10'000, 'x')).status, 413);
  EXPECT_EQ(Client(port).post("/tep", std::string(190'000, 'x'), "text/plain").status, 200);
  EXPECT_EQ(Client(port).post("/tep", std::string(2'000'000, 'x'), "text/plain").status, 413);
  EXPECT_EQ(Client(port).get("/", "X-Long: " + std::string(20'000, 'x') + "\r\n").status, 431);
  EXPECT_EQ(Client(port).get("/" + std::string(20'000, 'x')).status, 431);
  Client chunked(port);
  chunked.send("POST /ghi HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2ee0\r\n" + std::string(12'000, 'x') + "\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.receive()->status, 413);
  EXPECT_TRUE(chunked.is_closed());
}

TEST_F(Site, What_is_no_http_is_refused_and_the_connection_closed) {
  const std::uint16_t port = start();
  for (const char* bytes : {"nonsense\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                            "GET /?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n", "POST /ghi HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
    Client client(port);
    client.send(bytes);
    const auto response = client.receive();
    ASSERT_TRUE(response) << bytes;
    EXPECT_EQ(response->status, 400) << bytes;
    EXPECT_EQ(response->header("Connection"), "close");
    EXPECT_TRUE(client.is_closed()) << bytes;
  }
}

TEST_F(Site, A_slow_head_or_body_gets_408_and_an_idle_connection_is_closed) {
  options_.head_timeout_ms = 50;
  options_.body_timeout_ms = 50;
  const std::uint16_t port = start();
  Client head(port);
  head.send("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(head.receive()->status, 408);
  Client body(port);
  body.send("POST /ghi HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nten=");
  EXPECT_EQ(body.receive()->status, 408);
  Client idle(port);
  EXPECT_EQ(idle.receive(), std::nullopt);
}

TEST_F(Site, A_browser_that_asks_before_sending_is_told_to_go_on) {
  Client client(start());
  client.send("POST /ghi HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive()->status, 100);
  client.send("ten=b");
  EXPECT_EQ(client.receive()->body, "b");
}

TEST_F(Site, Files_come_within_the_limit_of_their_route) {
  Client client(start());
  const std::string body = "--X\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"số.xlsx\"\r\n\r\n" + std::string(150'000, 'x') + "\r\n--X--\r\n";
  EXPECT_EQ(client.post("/tep", body, "multipart/form-data; boundary=X").body, "số.xlsx 150000");
}

TEST_F(Site, The_address_of_the_browser_is_taken_from_a_proxy_only_when_it_is_trusted) {
  const std::string headers = "X-Forwarded-For: 1.2.3.4, 10.0.0.9\r\nCookie: a=1\r\nCookie: b=2\r\n";
  EXPECT_EQ(Client(start()).get("/dia-chi", headers).body, "127.0.0.1 12");
  options_.trust_proxy = TrustProxy::on_this_machine;
  EXPECT_EQ(Client(start()).get("/dia-chi", headers).body, "10.0.0.9 12");
}

TEST_F(Site, A_large_page_travels_compressed_and_a_small_one_does_not) {
  Client client(start());
  const ClientResponse brotli = client.get("/lon", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(brotli.header("Content-Encoding"), "br");
  EXPECT_EQ(brotli.header("Vary"), "Accept-Encoding");
  std::string plain(30'000, '\0');
  std::size_t size = plain.size();
  ASSERT_EQ(BrotliDecoderDecompress(brotli.body.size(), reinterpret_cast<const std::uint8_t*>(brotli.body.data()), &size, reinterpret_cast<std::uint8_t*>(plain.data())), BROTLI_DECODER_RESULT_SUCCESS);
  EXPECT_EQ(plain.substr(0, size), std::string(20'000, 'a'));
  EXPECT_EQ(client.get("/lon", "Accept-Encoding: gzip\r\n").body.substr(0, 2), "\x1f\x8b");
  EXPECT_EQ(client.get("/lon").body.size(), 20'000U);
  EXPECT_EQ(client.get("/", "Accept-Encoding: br\r\n").header("Content-Encoding"), "");
  EXPECT_EQ(client.get("/lon", "Accept-Encoding: br;q=nan\r\n").header("Content-Encoding"), "") << "no weight that can be compared";
}

TEST_F(Site, A_running_request_finishes_when_the_server_stops) {
  const std::uint16_t port = start();
  Client client(port);
  Client idle(port);
  idle.get("/");
  client.send("GET /lau HTTP/1.1\r\nHost: a\r\n\r\n");
  while (!started_) std::this_thread::yield();
  std::thread stopping([this] { server_->stop(); });
  EXPECT_TRUE(idle.is_closed());
  released_ = true;
  EXPECT_EQ(client.receive()->body, "xong");
  EXPECT_TRUE(client.is_closed());
  stopping.join();
  EXPECT_THROW(Client{port}, std::runtime_error);
}

TEST_F(Site, A_server_that_waits_too_long_stops_without_its_slow_client) {
  options_.stop_timeout_ms = 50;
  const std::uint16_t port = start();
  Client client(port);
  client.send("POST /ghi HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nten");
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  server_->stop();
  EXPECT_EQ(client.receive(), std::nullopt);
}

TEST_F(Site, More_than_the_workers_can_take_is_told_to_come_back) {
  options_.waiting_limit = 1;
  const std::uint16_t port = start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 2; ++i) {
    started_ = false;
    clients.push_back(std::make_unique<Client>(port));
    clients.back()->send("GET /lau HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!started_) std::this_thread::yield();
  }
  Client third(port);
  third.send("GET /lau HTTP/1.1\r\nHost: a\r\n\r\n");
  ClientResponse busy;
  // the third waits in the queue; whoever comes behind it is sent away
  for (int i = 0; i < 200 && busy.status == 0; ++i) {
    Client more(port, 20);
    more.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    if (const auto answer = more.receive()) busy = *answer;
  }
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.header("Retry-After"), "5");
  released_ = true;
  EXPECT_EQ(third.receive()->body, "xong");
}

TEST_F(Site, Breaches_of_the_policy_and_every_access_are_reported) {
  std::mutex mutex;
  std::string report;
  std::vector<std::string> lines;
  options_.policy_report_path = "/bao-vi-pham";
  options_.on_policy_report = [&](std::string_view json) {
    const std::lock_guard lock(mutex);
    report = json;
  };
  options_.on_access = [&](const Access& access) {
    const std::lock_guard lock(mutex);
    lines.push_back(fmt::format("{} {} {} {}", method_text(access.method), access.target, number_of(access.status), access.bytes));
  };
  Client client(start());
  EXPECT_EQ(client.post("/bao-vi-pham", "{\"csp-report\":{}}", "application/csp-report").status, 204);
  EXPECT_EQ(client.get("/khong-co?a=1").status, 404);
  const std::lock_guard lock(mutex);
  EXPECT_EQ(report, "{\"csp-report\":{}}");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "POST /bao-vi-pham 204 0");
  EXPECT_THAT(lines[1], StartsWith("GET /khong-co?a=1 404 "));
}

TEST_F(Site, A_taken_port_is_refused_in_a_sentence) {
  options_.port = start();
  Server second(options_, router_);
  const auto port = second.start();
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().code, "http.cannot_listen");
}

TEST_F(Site, Built_files_are_kept_by_browsers_and_sent_compressed) {
  const auto folder = std::filesystem::temp_directory_path() / ("assets_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  EXPECT_EQ(StaticFiles::load(folder).error().code, "assets.no_manifest");
  std::ofstream(folder / "manifest.json") << R"({"page.css":"page-1A.css"})";
  EXPECT_EQ(StaticFiles::load(folder).error().code, "assets.missing_file");
  std::ofstream(folder / "page-1A.css") << std::string(5'000, ' ') << "body{}";
  const auto files = StaticFiles::load(folder);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(files);
  EXPECT_EQ(files->address("page.css").text(), "/assets/page-1A.css");
  files->add_routes(router_);
  Client client(start());
  const ClientResponse plain = client.get("/assets/page-1A.css");
  EXPECT_EQ(plain.header("Content-Type"), "text/css; charset=utf-8");
  EXPECT_EQ(plain.header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(plain.body.size(), 5'006U);
  const ClientResponse brotli = client.get("/assets/page-1A.css", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(brotli.header("Content-Encoding"), "br");
  EXPECT_LT(brotli.body.size(), 100U);
  EXPECT_EQ(client.get("/assets/page-1A.css", "Accept-Encoding: br\r\nIf-None-Match: " + brotli.header("ETag") + "\r\n").status, 304);
  EXPECT_EQ(client.get("/assets/manifest.json").status, 404);
  EXPECT_EQ(client.get("/assets/..%2Fserver.cpp").status, 404);
}

}  // namespace
}  // namespace khuyenhoc::http
