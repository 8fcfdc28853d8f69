using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The outputs of one of two graphs. https://onnx.ai/onnx/operators/onnx__If.html
/// Versions: 1, 11, 13, 16, 19, 21, 23, 24, 25 (more types). Where the condition is constant, the graph that it chooses takes the node's place. A dimension in which
/// the branches differ is a size that the run finds out. One element has the rank that it has in the first branch. Where the branches differ otherwise in rank, or in element type,
/// the first is compiled, and a run that would take the other fails.
/// </summary>
internal sealed class If : ControlFlowOp
{
    private const string ThenBranch = "then_branch";
    private const string ElseBranch = "else_branch";

    public override IReadOnlyList<int> Versions => [1, 11, 13, 16, 19, 21, 23, 24, 25];

    public override IReadOnlyList<Value?> Import(ControlFlowImporter node)
    {
        if (node.Require(0).Constant is { Length: 1, Type: ElementType.Bool } condition)
        {
            return node.Inline(condition.As<bool>()[0] ? ThenBranch : ElseBranch);
        }

        var captures = new CaptureList();
        var then = node.Body(ThenBranch, captures, []);
        var otherwise = node.Body(ElseBranch, captures, []);
        if (then.Results.Count != otherwise.Results.Count)
        {
            throw new OperatorException($"its branches have {then.Results.Count} and {otherwise.Results.Count} outputs");
        }

        if (then.Results.Concat(otherwise.Results).Any(result => result.Parts is not null))
        {
            var forms = then.Results.Zip(otherwise.Results, SequenceForm.Common).ToArray();
            then = then with { Results = [.. then.Results.Zip(forms, (value, form) => form.Convert(node, value, then.Scope))] };
            otherwise = otherwise with { Results = [.. otherwise.Results.Zip(forms, (value, form) => form.Convert(node, value, otherwise.Scope))] };
            return node.Add(this, [node.Require(0), .. captures.Values], node.Attributes.With(ThenBranch, then.ToGraph()).With(ElseBranch, otherwise.ToGraph()), then.Results);
        }

        otherwise = otherwise with { Results = [.. otherwise.Results.Zip(then.Results, (result, model) => node.Shaped(otherwise.Scope, result, model.Type))] };
        if (then.Results.Zip(otherwise.Results).Any(pair => pair.First.Type.Element != pair.Second.Type.Element || pair.First.Type.Rank != pair.Second.Type.Rank))
        {
            // What follows can take one of the two: by convention that of the condition, as exporters write "squeeze if the size is 1".
            return [.. node.Inline(ThenBranch).Select(result => node.Add($"{OwnDomain}.{nameof(Assured)}", Attributes.None, result, node.Require(0)))];
        }

        return node.Add(this, [node.Require(0), .. captures.Values], node.Attributes.With(ThenBranch, then.ToGraph()).With(ElseBranch, otherwise.ToGraph()));
    }

    public override int OperandsOf(Node node) => 1;

    public override void Infer(InferContext context)
    {
        if (context.Type(0) is not { Element: ElementType.Bool } condition || (condition.Length.IsConstant && condition.Length.Constant != 1))
        {
            throw new OperatorException($"the condition is {context.Type(0)} and not one truth value");
        }

        var (then, otherwise) = (context.Attributes.Require<Graph>(ThenBranch), context.Attributes.Require<Graph>(ElseBranch));
        foreach (var (index, (a, b)) in then.Outputs.Zip(otherwise.Outputs).Index())
        {
            var (left, right) = (a.Value.Type, b.Value.Type);
            if (left.Element != right.Element || left.Rank != right.Rank)
            {
                throw OperatorException.Unsupported($"output {index} is {left} in one branch and {right} in the other: branches of different ranks or element types are not supported");
            }

            Dim[] shape = [.. left.Shape.Zip(right.Shape, (x, y) => x.Equals(y) ? x : context.NewSize($"{a.Name}_size"))];
            context.OutputValue(index, left.With(shape));
        }
    }

    public override void Lower(LowerContext context)
    {
        var flow = new FlowLowering(context);
        var results = context.Node.Outputs;
        var condition = context.Input(0).Type;
        if (!condition.Length.IsConstant)
        {
            context.RequireZero(condition.Length - 1, $"the condition is {condition} and not one truth value");
        }

        flow.Begin(new IfStep(context.BufferOf(context.Input(0)), context.Node.Origins, string.Empty));
        LowerBranch(context, flow, ThenBranch, results);
        flow.Else();
        LowerBranch(context, flow, ElseBranch, results);
        flow.End();
        foreach (var symbol in InferContext.SymbolsOf(context.Attributes))
        {
            context.Declare(DimSymbol.Size(symbol));
        }
    }

    private static void LowerBranch(LowerContext context, FlowLowering flow, string attribute, IReadOnlyList<Value?> results)
    {
        var graph = context.Attributes.Require<Graph>(attribute);
        var targets = results.Select((result, i) => result is null ? null : flow.View(result, graph.Outputs[i].Value.Type)).ToArray();
        flow.LowerBody(graph, [.. context.Node.Inputs.Skip(1).Select(input => input!)], targets);
        flow.Assign(results.Select((result, i) => (result?.Type, graph.Outputs[i].Value.Type)));
    }
}
