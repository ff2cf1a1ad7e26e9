// What follows from an organisation alone, worked out once for as long as nothing about it changes.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "organisation/organisation.h"

namespace khuyenhoc {

// Of one organisation as of one commit, which never changes; with the next one it begins anew. Sizes are the caller's, in whatever it counts.
template <class Key, class Thing>
class KnownOfTree {
 public:
  explicit KnownOfTree(std::size_t most) : most_(most) {}

  template <class Make, class Size>
  std::shared_ptr<const Thing> find_or_make(const OrganisationView& organisation, const Key& key, Make make, Size size_of) {
    {
      const std::lock_guard lock(mutex_);
      if (of_.lock() == organisation)
        if (const auto found = known_.find(key); found != known_.end()) return found->second;
    }
    auto made = std::make_shared<const Thing>(make());
    const std::size_t size = size_of(*made);
    const std::lock_guard lock(mutex_);
    if (of_.lock() != organisation || size_ + size > most_) {
      known_.clear();
      size_ = 0;
      of_ = organisation;
    }
    if (known_.emplace(key, made).second) size_ += size;
    return made;
  }

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::weak_ptr<const Organisation> of_;
  std::map<Key, std::shared_ptr<const Thing>> known_;
  std::size_t size_ = 0;
};

}  // namespace khuyenhoc
