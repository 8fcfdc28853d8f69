using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The first name of <see cref="ScatterElements"/>. https://onnx.ai/onnx/operators/onnx__Scatter.html
/// Versions: 9; deprecated from 11 on.
/// </summary>
internal sealed class Scatter : ScatterElements
{
    public override IReadOnlyList<int> Versions => [9];
}
