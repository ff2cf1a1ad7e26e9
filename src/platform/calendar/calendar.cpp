#include "platform/calendar/calendar.h"

#include <libical/ical.h>

#include <memory>

namespace khuyenhoc::calendar {
namespace {

icaltimetype day_of(Day day) {
  icaltimetype out = icaltime_null_date();
  out.year = day.year();
  out.month = day.month();
  out.day = day.day();
  return out;
}

icaltimetype moment_of(std::int64_t at_ms) { return icaltime_from_timet_with_zone(static_cast<time_t>(at_ms / 1'000), 0, icaltimezone_get_utc_timezone()); }

icalcomponent* alarm(int days_before, const std::string& summary) {
  icalcomponent* out = icalcomponent_new(ICAL_VALARM_COMPONENT);
  icalcomponent_add_property(out, icalproperty_new_action(ICAL_ACTION_DISPLAY));
  icalcomponent_add_property(out, icalproperty_new_description(summary.c_str()));
  constexpr int morning = 8 * 3'600, whole_day = 86'400;
  icaltriggertype trigger{};
  trigger.time = icaltime_null_time();
  trigger.duration = icaldurationtype_from_int(morning - days_before * whole_day);     // from midnight of the day itself
  icalcomponent_add_property(out, icalproperty_new_trigger(trigger));
  return out;
}

icalcomponent* event_of(const Event& event) {
  icalcomponent* out = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  const auto add = [&](icalproperty* property) { icalcomponent_add_property(out, property); };
  add(icalproperty_new_uid(event.uid.c_str()));
  add(icalproperty_new_dtstamp(moment_of(event.changed_ms)));
  add(icalproperty_new_lastmodified(moment_of(event.changed_ms)));
  add(icalproperty_new_sequence(static_cast<int>(event.sequence)));
  add(icalproperty_new_dtstart(day_of(event.day)));
  add(icalproperty_new_dtend(day_of(event.day + 1)));
  add(icalproperty_new_summary(event.summary.c_str()));
  if (!event.description.empty()) add(icalproperty_new_description(event.description.c_str()));
  if (!event.link.empty()) add(icalproperty_new_url(event.link.c_str()));
  add(icalproperty_new_status(event.state == Event::State::stands ? ICAL_STATUS_CONFIRMED : ICAL_STATUS_CANCELLED));
  add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  if (event.remind_days_before > 0 && event.state == Event::State::stands) icalcomponent_add_component(out, alarm(event.remind_days_before, event.summary));
  return out;
}

icalproperty* own_property(const char* name, const std::string& text) {
  icalproperty* out = icalproperty_new_x(text.c_str());
  icalproperty_set_x_name(out, name);
  return out;
}

}  // namespace

std::string as_file(std::string_view name, std::span<const Event> events) {
  const std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> whole(icalcomponent_new(ICAL_VCALENDAR_COMPONENT), icalcomponent_free);
  icalcomponent_add_property(whole.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(whole.get(), icalproperty_new_prodid("-//khuyenhoc//VI"));
  icalcomponent_add_property(whole.get(), icalproperty_new_calscale("GREGORIAN"));
  icalcomponent_add_property(whole.get(), icalproperty_new_method(ICAL_METHOD_PUBLISH));
  icalcomponent_add_property(whole.get(), own_property("X-WR-CALNAME", std::string(name)));
  icalcomponent_add_property(whole.get(), own_property("X-PUBLISHED-TTL", "PT6H"));
  for (const Event& event : events) icalcomponent_add_component(whole.get(), event_of(event));
  const std::unique_ptr<char, void (*)(void*)> text(icalcomponent_as_ical_string_r(whole.get()), icalmemory_free_buffer);
  return text ? text.get() : std::string();
}

}  // namespace khuyenhoc::calendar
