using System.Linq;
using System.Reflection;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Generator.Tests;

/// <summary>The user's view of intermediate results.</summary>
public class OnStepTests
{
    private const string Observer =
        """
        namespace Sample;

        partial class TestModel
        {
            internal static readonly global::System.Collections.Generic.List<string> Seen = [];

            static partial void OnStep(string onnxName, global::System.ReadOnlySpan<float> values) => Seen.Add($"{onnxName}: {values[0]}");
        }
        """;

    [Fact]
    public void Every_step_is_seen_with_its_values()
    {
        var sketch = Sketch();
        var model = GeneratedModel.Compile(sketch.Plan, sketch.Weights, allowUnsafe: true, Observer);

        model.Run([new float[] { -3 }]);

        model.Type.GetField("Seen", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null).ShouldBe(new[] { "/neg/out: 3", "y: -3" });
    }

    [Fact]
    public void Without_an_observer_no_call_is_left()
    {
        var sketch = Sketch();
        var run = GeneratorRun.Of([("/obj/test.plan", PlanWriter.Write(sketch.Plan))]);
        using var image = new System.IO.MemoryStream();
        run.Compilation.Emit(image).Success.ShouldBeTrue();

        using var metadata = new System.Reflection.PortableExecutable.PEReader(System.Collections.Immutable.ImmutableArray.Create(image.ToArray()));
        var reader = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(metadata);
        reader.MethodDefinitions.Select(handle => reader.GetString(reader.GetMethodDefinition(handle).Name)).ShouldNotContain("OnStep");
    }

    private static PlanSketch Sketch()
    {
        var sketch = new PlanSketch();
        var x = sketch.Input("x", ElementType.Float, 1);
        var y = sketch.Output("y", ElementType.Float, 1);
        var middle = sketch.Arena("/neg/out", 1);
        return sketch.Unary("NegF32", x, middle).Unary("NegF32", middle, y);
    }
}
