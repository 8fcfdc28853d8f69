using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Export;

/// <summary>A compressed model that is written as ONNX.</summary>
internal static class WrittenModel
{
    /// <summary>Read again, it gives the same bits, and ONNX Runtime gives the same numbers for it, but for a tolerance. Gives what is written.</summary>
    public static OnnxModel Check(OnnxModel model, IReadOnlyList<Tensor> inputs, Precision bits, float tolerance)
    {
        var compiled = Compiling.Compile(model, new CompileOptions { Bits = bits });
        var written = Compiling.Export(compiled, model);
        var sink = new DiagnosticSink();
        var again = OnnxReader.Read(written, "written.onnx", sink).ShouldNotBeNull();
        sink.All.ShouldBeEmpty();

        var own = new ProgramRunner(compiled.Program).Run(inputs);
        var detour = new ProgramRunner(Compiling.Compile(again, new CompileOptions()).Program).Run(inputs);
        var expected = RunByOnnxRuntime(written, inputs);
        for (var i = 0; i < own.Count; i++)
        {
            detour[i].Dims.ShouldBe(own[i].Dims, $"output {i} of what is read again");
            expected[i].Shape.ShouldBe(own[i].Dims, $"output {i}");
            if (own[i].Type == ElementType.String)
            {
                detour[i].Strings.ShouldBe(own[i].Strings);
                expected[i].Strings.ShouldBe(own[i].Strings);
                continue;
            }

            detour[i].Bytes.ToArray().ShouldBe(own[i].Bytes.ToArray(), $"output {i} of what is read again");
            if (own[i].Type != ElementType.Float)
            {
                expected[i].Bytes.ToArray().ShouldBe(own[i].Bytes.ToArray(), $"output {i}");
                continue;
            }

            var (left, right) = (own[i].As<float>().ToArray(), expected[i].Values<float>().ToArray());
            left.Zip(right, (x, y) => x.Equals(y) ? 0 : Math.Abs(x - y) / Math.Max(1, Math.Abs(y))).Max().ShouldBeLessThanOrEqualTo(tolerance, $"output {i}");
        }

        return again;
    }

    /// <summary>The outputs that ONNX Runtime gives.</summary>
    public static IReadOnlyList<Testing.Tensor> RunByOnnxRuntime(OnnxModel model, IReadOnlyList<Tensor> inputs)
    {
        var stream = new MemoryStream();
        OnnxWriter.Write(model, stream);
        return RunByOnnxRuntime(stream.ToArray(), inputs);
    }

    private static IReadOnlyList<Testing.Tensor> RunByOnnxRuntime(byte[] model, IReadOnlyList<Tensor> inputs)
    {
        OnnxRuntimeOracle.Require();
        using var session = new OrtSession(model, new OrtSessionOptions { Optimization = OrtOptimizationLevel.None });
        return session.Run([.. inputs.Select(input => new Testing.Tensor((Testing.TensorType)(int)input.Type, [.. input.Dims], input.Bytes.ToArray()))]);
    }
}
