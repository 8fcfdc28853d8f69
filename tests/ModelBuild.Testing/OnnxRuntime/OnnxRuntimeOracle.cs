using System.Collections.Generic;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>ONNX Runtime as the second opinion of tests, where it is installed.</summary>
public static class OnnxRuntimeOracle
{
    public static bool IsAvailable => OrtLibrary.Path is not null;

    /// <summary>
    /// Whether MatMulInteger and ConvInteger of unsigned by signed bytes give wrong sums on this processor: without 8-bit dot products (AVX-VNNI or AVX512-VNNI) ONNX Runtime
    /// adds pairs of products with vpmaddubsw, which saturates at 16 bits. <see cref="OrtSessionOptions.MaySaturate"/> does not reach these operators.
    /// </summary>
    public static bool SaturatesInIntegerOperators { get; } = X86Base.IsSupported && !HasDotProducts();

    /// <summary>Skips the test where ONNX Runtime is absent.</summary>
    public static void Require() => Skip.IfNot(IsAvailable, OrtLibrary.NotFound);

    /// <summary>All outputs of one run in graph order; skips the test where ONNX Runtime is absent.</summary>
    public static IReadOnlyList<Tensor> Run(string modelPath, params Tensor[] inputs)
    {
        Require();
        using OrtSession session = new(modelPath);
        return session.Run(inputs);
    }

    // Intel SDM volume 2A, CPUID: leaf 7, ECX[11] of subleaf 0 and EAX[4] of subleaf 1. What the .NET runtime hides from us, ONNX Runtime sees.
    private static bool HasDotProducts()
    {
        if (X86Base.CpuId(0, 0).Eax < 7)
        {
            return false;
        }

        (int subleaves, _, int ecx, _) = X86Base.CpuId(7, 0);
        return (ecx & (1 << 11)) != 0 || (subleaves >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 4)) != 0);
    }
}
