using System.Collections.Generic;

namespace ModelBuild.Testing;

/// <summary>
/// Inputs of a model in graph order and the outputs that ONNX Runtime gave for them. An output is null where it is not stored:
/// then only that the model runs can be asked.
/// </summary>
public sealed record ReferenceRun(int Index, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor?> Outputs);
