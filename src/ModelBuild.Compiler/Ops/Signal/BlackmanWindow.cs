using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A window for spectral analysis. https://onnx.ai/onnx/operators/onnx__BlackmanWindow.html
/// Versions: 17.
/// </summary>
internal sealed class BlackmanWindow : CosineWindow
{
    protected override IReadOnlyList<double> Terms => [0.42, -0.5, 0.08];
}
