// One message to one recipient by SMTP: the text of the message as it travels, and what the server said to it. libcurl behind this header.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc::mail {

enum class Security : std::int64_t {
  none = 0,             // in the clear: for a server in the same house
  starttls = 1,         // encrypted from STARTTLS on; a server that does not offer it is not told anything
  tls = 2,              // encrypted from the first byte (port 465)
};

struct Server {
  std::string host;
  int port = 587;
  Security security = Security::starttls;
  std::string user, password;            // empty: the server asks for none
  int timeout_ms = 20'000;
};

struct Address {
  std::string name;                      // "Hội Khuyến học xã Ea Kar"; may be empty
  std::string address;                   // checked_address
};

struct Message {
  Address from, to;
  std::string reply_to;                  // may be empty
  std::string subject, text;             // UTF-8; lines end with \n
  std::string id;                        // "nhac-17-42@hoi.example.vn": the same when the same message is sent again
  std::string stop_link;                 // where the recipient says no to further ones; may be empty
  std::int64_t at_ms = 0;
};

// Tidied: "mail.address" with the sentence for the field.
Result<std::string> checked_address(std::string_view typed);

// As it travels: headers as encoded words where they are not plain, the text in base64, lines under 78 characters.
std::string as_sent(const Message& message);

struct Delivery {
  enum class Fate {
    sent,
    later,              // the server is away, or says so itself (4xx): tried again
    refused,            // by the server for good (5xx), or it cannot be asked at all: a person must mend something
  } fate = Fate::refused;
  std::int64_t code = 0;                 // of SMTP; 0 where the server said nothing
  std::string reason;                    // for people, in Vietnamese; empty when sent
};
// Blocks until the server has answered or the time is over.
Delivery send(const Server& server, const Message& message);

}  // namespace khuyenhoc::mail
