using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Import;

/// <summary>
/// Makes a typed graph of an ONNX model: resolves operators, infers all types, and computes what is constant. Every node that cannot be imported is reported, and
/// the nodes that only suffer from it are not.
/// </summary>
internal static class GraphImporter
{
    // A chain of as many Relu nodes compiles in 16 s and 530 MB (two processors under load, --bits 32); a class of them is beyond what anyone would wait for in a build.
    private const int MostNodes = 100_000;

    /// <summary>The graph, or null where <paramref name="sink"/> got errors.</summary>
    public static Graph? Import(OnnxModel model, DimensionOverrides overrides, DiagnosticSink sink, SignatureChoice? choice = null)
    {
        var signature = choice ?? SignatureChoice.AsDeclared;
        signature.Check(model, sink);
        if (model.Graph.Nodes.Count > MostNodes)
        {
            sink.Add(OperatorDiagnostics.TooManyNodes.Create(model.FileName, null, model.Graph.Nodes.Count, MostNodes));
            return null;
        }

        var context = new ImportContext(model, overrides, sink);
        var scope = new ImportScope(context, model.Opsets);
        var inputs = ImportInputs(context, scope, signature);
        scope.ImportInitializers(model.Graph);
        scope.ImportNodes(model.Graph.Nodes);
        GraphOutput[] outputs = [.. signature.OutputsOf(model).Where(info => !scope.IsFailed(info.Name)).Select(info => (info.Name, Value: scope.Find(info.Name)))
            .Where(output => output.Value is not null) // The reader has reported an output that nothing produces.
            .SelectMany(output => Parts(output.Name, output.Value!, model.Graph.Outputs.First(info => info.Name == output.Name).Type, context, scope))];
        return sink.HasErrors ? null : new Graph(model.Graph.Name, context.Symbols.Used(inputs), inputs, outputs, GraphOrder.Sort(scope.Nodes, outputs)) { Expansions = context.Expansions };
    }

    // A value is what is declared: an optional that is known to be there may be a tensor, and the other way round.
    private static IEnumerable<GraphOutput> Parts(string name, Value value, OnnxType? declared, ImportContext context, ImportScope scope)
    {
        var (kind, wanted) = (value.Type.Kind, TypeImporter.KindOf(declared));
        Op? conversion = kind == wanted || (kind, wanted) is (ValueKind.Tensor, ValueKind.Sequence) or (ValueKind.Tensor, ValueKind.Map) or (ValueKind.Map, ValueKind.Tensor) ? null
            : wanted is ValueKind.Optional or ValueKind.OptionalSequence ? new Optional()
            : new OptionalGetElement();
        var converted = conversion is null ? value : scope.Add(conversion, conversion.Versions[^1], [value], Attributes.None, [name], [context.Names.Give(name)])[0]!;
        return ValueParts.Names(name, converted.Type.Kind).Zip(ValueParts.Of(converted), (part, i) => (Name: part, Value: i)).Select(part => new GraphOutput(part.Name == name ? name : context.Names.Give(part.Name), part.Value));
    }

    // Before IR version 4 every initializer is listed as an input too; such an input has a default, which we compile in unless it is wanted as a parameter.
    private static List<Value> ImportInputs(ImportContext context, ImportScope scope, SignatureChoice signature)
    {
        var defaults = context.Model.Graph.Initializers.Select(initializer => initializer.Name)
            .Concat(context.Model.Graph.SparseInitializers.Select(initializer => initializer.Values.Name)).Except(signature.OptionalInputs).ToHashSet(StringComparer.Ordinal);
        var inputs = new List<Value>();
        foreach (var info in context.Model.Graph.Inputs.Where(info => !defaults.Contains(info.Name)))
        {
            var what = $"input {DiagnosticText.Quote(info.Name)}";
            if (context.Model.Graph.Initializers.FirstOrDefault(initializer => initializer.Name == info.Name) is { } initializer && AttributeImporter.ToTensor(initializer) is { } standard)
            {
                inputs.Add(Value.OptionalInput(info.Name, standard));
                scope.Define(info.Name, inputs[^1]);
                continue;
            }

            if (TypeImporter.ImportParts(info, context) is { } whole)
            {
                inputs.AddRange(ValueParts.Of(whole));
                scope.Define(info.Name, whole);
                continue;
            }

            if (TypeImporter.Import(info, context.Symbols) is not { } type)
            {
                scope.Fail(info.Name);
                context.Sink.Add(OperatorDiagnostics.UnsupportedSignature.Create(context.Model.FileName, null, what, TypeImporter.Text(info.Type)));
                continue;
            }

            var value = Value.Of(info.Name, type);
            inputs.Add(value);
            scope.Define(info.Name, value);
            try
            {
                ValueSize.Require(what, type);
            }
            catch (OperatorException exception)
            {
                scope.Fail(info.Name);
                context.Sink.Add(exception.ToDiagnostic(context.Model.FileName, null));
            }
        }

        return inputs;
    }
}
