// What a module of Binaryen's consists of, as rows.

/** The rows, for this Binaryen. */
export function partsOf(binaryen) {
  const each = (count, get, tell) => Array.from({ length: count }, (_, at) => tell(get(at)));
  return {
    functions: (module) =>
      each(module.getNumFunctions(), (at) => module.getFunctionByIndex(at), binaryen.getFunctionInfo),
    globals: (module) => each(module.getNumGlobals(), (at) => module.getGlobalByIndex(at), binaryen.getGlobalInfo),
    tables: (module) => each(module.getNumTables(), (at) => module.getTableByIndex(at), binaryen.getTableInfo),
    exports: (module) => each(module.getNumExports(), (at) => module.getExportByIndex(at), binaryen.getExportInfo),
    /** What stands in the tables, and from which place on. */
    elements: (module) =>
      each(module.getNumElementSegments(), (at) => module.getElementSegmentByIndex(at), (segment) => {
        const info = binaryen.getElementSegmentInfo(segment);
        return { ...info, offset: binaryen.getExpressionInfo(info.offset).value };
      }),
    /** What stands in the memory, and from which address on. */
    memory: (module) =>
      each(module.getNumDataSegments(), (at) => module.getDataSegmentByIndex(at), (segment) => {
        const { offset, data } = module.getDataSegmentInfo(segment);
        return { offset, bytes: new Uint8Array(data) };
      }),
  };
}
