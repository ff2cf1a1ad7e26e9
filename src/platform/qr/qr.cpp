#include "platform/qr/qr.h"

#include <cerrno>
#include <memory>
#include <new>

#include <qrencode.h>

#include "base/i18n.h"

namespace khuyenhoc::qr {

Result<Code> encode(std::string_view text) {
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  const std::unique_ptr<QRcode, Free> made(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!made) {
    if (errno == ENOMEM) throw std::bad_alloc();
    return refuse("qr.too_long", tr("Nội dung này dài quá, hoặc trống, nên không in thành mã QR được."));
  }
  Code out{made->width, {}};
  const auto modules = static_cast<std::size_t>(made->width) * static_cast<std::size_t>(made->width);
  out.dark.reserve(modules);
  constexpr unsigned char black = 1;
  for (std::size_t i = 0; i < modules; ++i) out.dark.push_back((made->data[i] & black) != 0);
  return out;
}

}  // namespace khuyenhoc::qr
