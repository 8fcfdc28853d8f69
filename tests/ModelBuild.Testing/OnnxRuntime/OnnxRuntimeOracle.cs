using System.Collections.Generic;
using Xunit;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>ONNX Runtime as the second opinion of tests, where it is installed.</summary>
public static class OnnxRuntimeOracle
{
    public static bool IsAvailable => OrtLibrary.Path is not null;

    /// <summary>Skips the test where ONNX Runtime is absent.</summary>
    public static void Require() => Skip.IfNot(IsAvailable, OrtLibrary.NotFound);

    /// <summary>All outputs of one run in graph order; skips the test where ONNX Runtime is absent.</summary>
    public static IReadOnlyList<Tensor> Run(string modelPath, params Tensor[] inputs)
    {
        Require();
        using OrtSession session = new(modelPath);
        return session.Run(inputs);
    }
}
