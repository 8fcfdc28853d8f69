using System.Linq;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>Generated classes, compiled, loaded and run.</summary>
public class RunningModelTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_model_computes_what_its_kernels_compute(bool allowUnsafe)
    {
        var sketch = AddThenRelu(8);
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights, allowUnsafe);

        model.Run([new float[] { -9, -3, -1, 0, 1, 2, 3, 4 }]).Single().ShouldBe(new float[] { 0, 0, 2, 4, 6, 8, 10, 12 });
    }

    private static PlanSketch AddThenRelu(int length)
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, 1, length);
        var y = sketch.Output("y", ElementType.Float, 1, length);
        var bias = sketch.Constant("bias", [.. Enumerable.Range(0, length).Select(i => i + 1f)]);
        var sum = sketch.Arena("sum", 1, length);
        return sketch.Binary("AddF32", x, bias, sum).Unary("ReluF32", sum, y);
    }
}
