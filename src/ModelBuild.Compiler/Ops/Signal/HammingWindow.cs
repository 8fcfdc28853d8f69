using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A window for spectral analysis. https://onnx.ai/onnx/operators/onnx__HammingWindow.html
/// Versions: 17.
/// </summary>
internal sealed class HammingWindow : CosineWindow
{
    protected override IReadOnlyList<double> Terms => [0.543478260869565, -0.456521739130435];
}
