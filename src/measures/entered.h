// Who has stated something in which window, and how each unit's totals come about there: what every page asks of a round, answered without the store.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "measures/entry_mode.h"

namespace khuyenhoc {

// Immutable; a changed copy shares what did not change.
class Entered {
 public:
  struct Row {
    Node body = no_node;
    Period window;
    std::optional<std::int64_t> figures;  // statements of exactly this window in force; none: as many as before
    std::optional<EntryMode> mode;        // none: as before
  };

 private:
  struct Cell {
    std::uint16_t figures = 0;
    std::uint8_t mode = 0;
  };
  static constexpr std::size_t chunk_size = 256;
  using Chunk = std::array<Cell, chunk_size>;
  using Window = std::vector<std::shared_ptr<Chunk>>;              // by node of the body; null where nobody stated anything

 public:
  // One period of all bodies. It holds on to what it needs.
  class Round {
   public:
    // Whether the body has a statement of the period in force: of the window itself, or of a level, which stands on its last day.
    bool has_stated(Node body) const { return find(whole_.get(), body).figures > 0 || find(last_day_.get(), body).figures > 0; }
    EntryMode mode(Node body) const { return static_cast<EntryMode>(find(whole_.get(), body).mode); }

   private:
    friend class Entered;
    static Cell find(const Window* window, Node body) {
      if (window == nullptr || body / chunk_size >= window->size()) return {};
      const auto& chunk = (*window)[body / chunk_size];
      return chunk ? (*chunk)[body % chunk_size] : Cell{};
    }
    std::shared_ptr<const Window> whole_, last_day_;
  };

  Round round(Period period) const;
  std::shared_ptr<const Entered> with(std::span<const Row> rows) const;

 private:
  std::shared_ptr<const Window> window(Period period) const;
  std::vector<std::pair<Period, std::shared_ptr<const Window>>> windows_;    // sorted
};

}  // namespace khuyenhoc
