using System.Collections.Generic;

namespace ModelBuild.Plan.Tests;

/// <summary>A plan that has everything a plan can have.</summary>
internal static class SamplePlan
{
    public static ModelPlan Create(string anyText = "any \"text\"", float anyFloat = 0.1f, long anyInteger = 7) => new()
    {
        Key = "0123abcd",
        Source = new ModelSource(anyText, new string('a', 64), "13, ai.onnx.ml 2", anyText),
        ClassName = "SampleModel",
        Namespace = "Some.Space",
        Summary = [anyText, "second"],
        Symbols =
        [
            new PlanSymbol("batch", anyText, 1, long.MaxValue, 0, 784),
            new PlanSymbol("steps", string.Empty, 0, 128, -1, Dim.Symbol("batch") + 1),
        ],
        Buffers =
        [
            new PlanBuffer("x", anyText, ElementType.Float, [Dim.Symbol("batch"), 784], Storage.Input, 0, 0, anyText),
            new PlanBuffer("y", "y", ElementType.Int8, [], Storage.Output, 0, 0, string.Empty),
            new PlanBuffer("w", "w", ElementType.Float16, [784, 10], Storage.Constant, 0, 128, "panels of 32"),
            new PlanBuffer("p", string.Empty, ElementType.Bool, [Dim.FloorDiv(Dim.Symbol("batch") + 1, 2), Dim.Max(Dim.Symbol("steps"), 3)], Storage.Arena, 0, 64, string.Empty),
            new PlanBuffer("q", string.Empty, ElementType.UInt64, [0], Storage.Prepared, 0, 0, string.Empty),
        ],
        States = [new PlanState(0, 1)],
        Defaults = [new PlanDefault(0, 2), new PlanDefault(1, -1)],
        Slots = [Dim.AlignUp(Dim.Symbol("batch") * 10, 64), 256],
        Weights = new WeightsFile(anyText, 123456789012, new string('b', 64)),
        PreparedLength = 640,
        PrepareSteps = [new KernelCall("Prepare.Run", [], [new BufferArgument("x", 2, false), new BufferArgument("y", 4, true)], [], string.Empty)],
        Steps =
        [
            new KernelCall(
                "DenseF32.Run",
                [new TypeReference("f32"), new TypeReference("Then", [new TypeReference("Clamp"), new TypeReference("Add", [new TypeReference("s8")])])],
                [
                    new BufferArgument("x", 0, false),
                    new BufferArgument("y", 1, true),
                    new ScalarArgument("rows", Dim.Symbol("batch")),
                    new ScalarArgument("last", anyInteger),
                    new ScalarArgument("alpha", anyFloat),
                    new ScalarArgument("beta", (double)anyFloat),
                    new ScalarArgument("exact", true),
                    new StructArgument("shape", new TypeReference("DenseShape"), [new StructField("Inputs", 784L), new StructField("Scale", anyFloat), new StructField("Wide", false)]),
                    new StructArgument("operation", new TypeReference("Relu"), []),
                ],
                [anyText, "/fc/Gemm"],
                anyText),
            new KernelCall("Nothing.Run", [], new List<Argument>(), ["alone"], string.Empty) { Parts = Dim.Min(Dim.FloorDiv(Dim.Symbol("batch"), 8), 4) },
            new KernelCall("Nothing.Run", [], new List<Argument>(), [], string.Empty) { Parts = 3 },
            new KernelCall("Nothing.Run", [], new List<Argument>(), [], string.Empty) { BriefParts = Dim.Min(Dim.Symbol("batch"), 4) },
        ],
        Threads = 4,
    };
}
