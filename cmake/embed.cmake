# khuyenhoc_embed(<out variable> <symbol> <file>)
# Puts a data file of the catalogue into the program as `extern const std::string_view khuyenhoc::<symbol>;` and hands back the generated source.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ "${INPUT}" content)
  string(FIND "${content}" ")embedded\"" closes)
  if(NOT closes EQUAL -1)
    message(FATAL_ERROR "${INPUT}: the characters )embedded\" cannot stand in an embedded file")
  endif()
  get_filename_component(name "${INPUT}" NAME)
  file(WRITE "${OUTPUT}" "// Generated from catalogue/${name} by cmake/embed.cmake.\n#include <string_view>\n\nnamespace khuyenhoc {\n\nextern const std::string_view ${SYMBOL};\nconst std::string_view ${SYMBOL} = R\"embedded(${content})embedded\";\n\n}  // namespace khuyenhoc\n")
  return()
endif()

set(KHUYENHOC_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
function(khuyenhoc_embed out_variable symbol file)
  set(generated ${PROJECT_BINARY_DIR}/generated/embedded/${symbol}.cpp)
  add_custom_command(
    OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${PROJECT_SOURCE_DIR}/${file} -DOUTPUT=${generated} -DSYMBOL=${symbol} -P ${KHUYENHOC_EMBED_SCRIPT}
    DEPENDS ${PROJECT_SOURCE_DIR}/${file} ${KHUYENHOC_EMBED_SCRIPT}
    COMMENT "Embedding ${file}"
    VERBATIM)
  set(${out_variable} ${${out_variable}} ${generated} PARENT_SCOPE)
endfunction()
