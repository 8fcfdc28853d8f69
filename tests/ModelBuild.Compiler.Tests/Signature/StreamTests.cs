using System;
using System.Linq;
using System.Reflection;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Plan;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Signature;

/// <summary>Models with states, whose generated classes carry them from call to call, as a program that filters speech uses them.</summary>
public class StreamTests
{
    [SkippableTheory]
    [InlineData("dtln_model_1", "input_3=tf_op_layer_stack_2", "")]
    [InlineData("dtln_model_2", "input_5=tf_op_layer_stack_5", "")]
    [InlineData("silero_vad_16k_op15", "state=stateN", "1")]
    [InlineData("silero_vad_op18_ifless", "state=stateN", "1")]
    public void A_stream_gives_what_chained_runs_give(string name, string states, string sizes)
    {
        var real = RealModel.Require(name);
        var compiled = Compiling.Compile(Compiling.Read(real.ModelPath), new CompileOptions { States = [(states.Split('=')[0], states.Split('=')[1])] });
        var (plan, weights) = compiled.ToPlan(new PlanIdentity(new string('0', 64), new ModelSource("model.onnx", new string('0', 64), "", ""), "SpeechModel", "Tested", "tested.weights", 1));
        var state = plan.States.ShouldHaveSingleItem();
        var inputs = plan.Buffers.Index().Where(pair => pair.Item.Storage == Storage.Input).ToArray();
        var outputs = plan.Buffers.Index().Where(pair => pair.Item.Storage == Storage.Output).ToArray();
        var arguments = inputs.Where(pair => pair.Index != state.Input).Select(pair => $"({pair.Item.Type.CSharpName()}[])inputs[{pair.Index}]")
            .Concat(outputs.Where(pair => pair.Index != state.Output).Select(pair => $"({pair.Item.Type.CSharpName()}[])outputs[{pair.Index - inputs.Length}]"));
        var source = $$"""
            namespace Tested;
            internal static class Use
            {
                internal static object Begin() => new SpeechModel.States({{sizes}});
                internal static void Go(System.Array[] inputs, System.Array[] outputs, object states) => SpeechModel.Predict({{string.Join(", ", arguments)}}, (SpeechModel.States)states);
            }
            """;
        var generated = GeneratedModel.Compile(plan, weights.ToArray(), sources: source);
        var use = generated.Type.Assembly.GetType("Tested.Use", throwOnError: true)!;
        TDelegate Method<TDelegate>(string method)
            where TDelegate : Delegate => use.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<TDelegate>();
        var stream = Method<Func<object>>("Begin")();
        var go = Method<Action<Array[], Array[], object>>("Go");
        var chained = Values(real.Runs.First().Inputs[state.Input]);
        Array.Clear(chained);
        foreach (var run in real.Runs)
        {
            Array[] arrays = [.. run.Inputs.Select(Values)];
            arrays[state.Input] = chained;
            var expected = generated.Run(arrays);
            Array[] actual = [.. expected.Select(array => Array.CreateInstance(array.GetType().GetElementType()!, array.Length))];

            go(arrays, actual, stream);

            foreach (var (index, _) in outputs.Where(pair => pair.Index != state.Output))
            {
                actual[index - inputs.Length].ShouldBe(expected[index - inputs.Length], $"run {run.Index}");
            }

            chained = expected[state.Output - inputs.Length];
        }

        Array[] last = [.. real.Runs.Last().Inputs.Select(Values)];
        Array[] results = generated.Run(last);
        go(last, results, stream);
        var before = GC.GetAllocatedBytesForCurrentThread();
        go(last, results, stream);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static Array Values(Tensor tensor)
    {
        Array values = tensor.Type switch
        {
            TensorType.Int64 => new long[tensor.Bytes.Length / sizeof(long)],
            _ => new float[tensor.Bytes.Length / sizeof(float)],
        };
        Buffer.BlockCopy(tensor.Bytes.ToArray(), 0, values, 0, tensor.Bytes.Length);
        return values;
    }
}
