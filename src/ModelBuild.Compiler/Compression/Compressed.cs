using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Compression;

/// <summary>The stages of compression. All graphs consist of ONNX operators, and a layer's output is the same value in each.</summary>
/// <param name="Original">The simplified model.</param>
/// <param name="Pruned">With weights removed.</param>
/// <param name="Optimized">Pruned and quantized: what is compiled, and written as ONNX.</param>
/// <param name="Notes">What was not done, and why.</param>
internal sealed record Compressed(Graph Original, Graph Pruned, Graph Optimized, IReadOnlyList<string> Notes);
