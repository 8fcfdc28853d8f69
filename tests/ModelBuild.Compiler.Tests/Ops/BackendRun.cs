using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Tests.Ops;

internal enum BackendResult
{
    /// <summary>The outputs are those that ONNX gives.</summary>
    Passed,

    /// <summary>The same, once inputs that decide shapes had been made constants, as they are in real models.</summary>
    PassedWithConstants,

    /// <summary>An operator, an element type or a kind of value that the compiler does not have.</summary>
    OutOfScope,

    /// <summary>The compiler says that it cannot compile a use of an operator that it has.</summary>
    Unsupported,

    /// <summary>Anything else: a wrong answer, a valid model called invalid, an exception.</summary>
    Failed,
}

/// <summary>Compiles and runs one backend case.</summary>
internal static class BackendRun
{
    private static readonly string?[] DependsOnData = ["MB2004", "MB2005"];
    private static readonly string[] OutOfScope = ["MB2001", "MB2002", "MB2006"];

    public static (BackendResult Result, string Reason) Of(BackendCase item)
    {
        var sink = new DiagnosticSink();
        if (OnnxReader.Read(item.Model, item.Name, sink) is not { } model)
        {
            return (BackendResult.OutOfScope, First(sink).Message);
        }

        try
        {
            var (result, reason, code) = Run(item, model, 0);
            for (var constants = 1; result == BackendResult.Unsupported && DependsOnData.Contains(code) && constants <= 3; constants++)
            {
                (result, reason, code) = Run(item, model, constants);
                result = result == BackendResult.Passed ? BackendResult.PassedWithConstants : result;
            }

            return (result, reason);
        }
        catch (Exception exception)
        {
            return (BackendResult.Failed, exception.ToString());
        }
    }

    private static (BackendResult Result, string Reason, string? Code) Run(BackendCase item, OnnxModel model, int constants)
    {
        var names = model.Graph.Inputs.Select(input => input.Name).ToArray();
        var inputs = item.Inputs.Select((file, i) => (Name: names[i], Tensor: BackendCase.ToTensor(file, names[i]), File: file)).ToArray();
        var outputs = item.Outputs.Select((file, i) => BackendCase.ToTensor(file, $"output {i}")).ToArray();
        var bound = inputs.Where((input, i) => IsConstant(model, i, constants)).Select(input => Constant(input.Name, input.File)).OfType<OnnxTensor>().ToArray();
        var sink = new DiagnosticSink();
        var compiled = ModelCompiler.Compile(WithConstants(model, bound), new CompileOptions(), sink);
        if (compiled is null)
        {
            var first = First(sink);
            return (OutOfScope.Contains(first.Code) ? BackendResult.OutOfScope : first.Code is "MB2004" or "MB2005" ? BackendResult.Unsupported : BackendResult.Failed, first.Message, first.Code);
        }

        if (inputs.Any(input => input.Tensor is null) || outputs.Any(output => output is null))
        {
            return (BackendResult.OutOfScope, "test data of an element type without a place in memory", null);
        }

        var given = inputs.Where(input => bound.All(tensor => tensor.Name != input.Name)).Select(input => input.Tensor!).ToArray();
        var actual = new ProgramRunner(compiled.Program).Run(given);
        var difference = outputs.Zip(actual).Select((pair, i) => Closeness.Difference(pair.First!, pair.Second) is { } text ? $"output {i}: {text}" : null).FirstOrDefault(text => text is not null);
        return difference is null ? (BackendResult.Passed, string.Empty, null) : (BackendResult.Failed, difference, null);
    }

    // 1: integers, which are shapes, axes or indices; 2: everything but the first input; 3: everything.
    private static bool IsConstant(OnnxModel model, int index, int constants) => constants switch
    {
        0 => false,
        1 => model.Graph.Inputs[index].Type is OnnxTensorType { ElementType: OnnxElementType.Int64 or OnnxElementType.Int32 },
        2 => index > 0,
        _ => true,
    };

    private static OnnxTensor? Constant(string name, byte[] file) => OnnxReader.ReadTensor(file, name, new DiagnosticSink()) is { } tensor
        ? new OnnxTensor { Name = name, ElementType = tensor.ElementType, Dims = tensor.Dims, Data = tensor.Data }
        : null;

    private static OnnxModel WithConstants(OnnxModel model, IReadOnlyList<OnnxTensor> constants) => new()
    {
        IrVersion = model.IrVersion,
        Opsets = model.Opsets,
        Functions = model.Functions,
        FileName = model.FileName,
        Graph = new OnnxGraph
        {
            Name = model.Graph.Name,
            Nodes = model.Graph.Nodes,
            Inputs = model.Graph.Inputs,
            Outputs = model.Graph.Outputs,
            ValueInfos = model.Graph.ValueInfos,
            Initializers = [.. model.Graph.Initializers, .. constants],
        },
    };

    private static Diagnostic First(DiagnosticSink sink) => sink.All.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
