using System.Collections.Generic;

namespace ModelBuild.Compiler.Passes;

/// <summary>Which passes run, in which order.</summary>
internal static class Pipelines
{
    /// <summary>Keeps to ONNX operators: what it leaves can be written as an ONNX model.</summary>
    public static IReadOnlyList<Pass> Simplify { get; } =
    [
        new WidenHalfPrecision(),
        new FlattenSoftmax(),
        new UseNewForms(),
        new RemoveIdentity(),
        new UseGemm(),
        new FoldGemmFactors(),
        new FuseAffine(),
        new ExpandBatchNormalization(),
    ];

    /// <summary>Brings in our own operators, and the layout that kernels want.</summary>
    public static IReadOnlyList<Pass> Fuse { get; } =
    [
        new FoldWidenedWeights(),
        new FuseDynamicQuantization(),
        new FuseFunctions(),
        new UseUnsignedActivations(),
        new UseDense(),
        new ExpandGemm(),
        new UseDepthwise(),
        new ConvertLayout(),
        new MoveTransposes(),
        new AbsorbTranspose(),
        new FuseActivation(),
        new FuseResidual(),
        new FuseActivation(),
        new MoveQuantization(),
        new FuseQuantized(),
        new FuseQuantizedAdd(),
        new FuseMaxPool(),
        new WidenNarrowConvolution(),
        new PadFromPlanes(),
    ];
}
