using System.Collections.Generic;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Tests;

internal static partial class FailingModels
{
    private static IEnumerable<FailingModel> Names()
    {
        yield return FailingModel.Changed("MB1020", "an operator without a name", model => model.Graph.Node[0].ClearOpType());
        yield return FailingModel.Changed("MB1020", "an input without a name", model => model.Graph.Input.Add(Samples.Value("")));
        yield return FailingModel.Changed("MB1020", "an output without a name", model => model.Graph.Output.Add(Samples.Value("")));
        yield return FailingModel.Tensor("MB1020", "an initializer without a name", () => Samples.Tensor("", 2));
        yield return FailingModel.Attributes("MB1020", "an attribute without a name", Samples.Int("", 1));
        yield return FailingModel.Changed("MB1020", "a function without a name", model => model.Functions.Add(Samples.Function("")));
        yield return FailingModel.Changed("MB1021", "two nodes that produce the same value", model =>
            model.Graph.Node.Add(Samples.Node("Neg", ["x"], ["y"])));
        yield return FailingModel.Changed("MB1021", "a node that produces an input", model =>
            model.Graph.Node.Insert(0, Samples.Node("Constant", [], ["x"])));
        yield return FailingModel.Changed("MB1021", "a node that produces two values of one name", model => model.Graph.Node[0].Output.Add("y"));
        yield return FailingModel.Changed("MB1021", "two inputs of one name", model => model.Graph.Input.Add(Samples.Value("x")));
        yield return FailingModel.Changed("MB1021", "two initializers of one name", model =>
            model.Graph.Initializer.AddRange([Samples.Tensor("w", 2), Samples.Tensor("w", 3)]));
        yield return FailingModel.Changed("MB1021", "two values of one name in a subgraph", model => model.Graph.Node.Add(If(
            Samples.Node("Neg", ["x"], ["inner"]), Samples.Node("Abs", ["x"], ["inner"]))));
        yield return FailingModel.Changed("MB1022", "an input that nothing produces", model => model.Graph.Node[0].Input[0] = "nowhere");
        yield return FailingModel.Changed("MB1022", "an input that nothing produces in a subgraph", model =>
            model.Graph.Node.Add(If(Samples.Node("Neg", ["nowhere"], ["inner"]))));
        yield return FailingModel.Changed("MB1022", "an outer value used in a function", model =>
            model.Functions.Add(Samples.Function("F", Samples.Node("Add", ["a", "x"], ["b"]))));
        yield return FailingModel.Changed("MB1022", "an inner value used outside of the subgraph", model =>
        {
            model.Graph.Node.Add(If(Samples.Node("Neg", ["x"], ["inner"])));
            model.Graph.Node.Add(Samples.Node("Neg", ["inner"], ["outside"]));
        });
        yield return FailingModel.Changed("MB1023", "an output that nothing produces", model => model.Graph.Output.Add(Samples.Value("nowhere")));
        yield return FailingModel.Changed("MB1023", "an output of a function that nothing produces", model =>
            model.Functions.Add(Samples.Function("F", Samples.Node("Relu", ["a"], ["c"]))));
        yield return FailingModel.Changed("MB1024", "two nodes in a circle", model =>
            model.Graph.Node.AddRange([Samples.Node("Add", ["x", "q"], ["p"]), Samples.Node("Neg", ["p"], ["q"])]));
        yield return FailingModel.Changed("MB1024", "a node that reads its own output", model =>
            model.Graph.Node.Add(Samples.Node("Add", ["x", "p"], ["p"])));
        yield return FailingModel.Changed("MB1024", "a circle through a subgraph", model =>
        {
            model.Graph.Node.Add(Samples.Node("Neg", ["z"], ["p"]));
            model.Graph.Node.Add(If(Samples.Node("Neg", ["p"], ["inner"])));
        });
        yield return FailingModel.Changed("MB1025", "nodes in the wrong order", model =>
            model.Graph.Node.Insert(0, Samples.Node("Neg", ["y"], ["z"])));
        yield return FailingModel.Changed("MB1026", "two functions of one name", model =>
            model.Functions.AddRange([Samples.Function("F"), Samples.Function("F")]));
        yield return FailingModel.Changed("MB1027", "a function that calls itself", model => model.Functions.Add(
            Samples.Function("F", new NodeProto(Samples.Node("F", ["a"], ["b"])) { Domain = "local" })));
        yield return FailingModel.Changed("MB1027", "two functions that call each other", model => model.Functions.AddRange(
        [
            Samples.Function("F", new NodeProto(Samples.Node("G", ["a"], ["b"])) { Domain = "local" }),
            Samples.Function("G", new NodeProto(Samples.Node("F", ["a"], ["b"])) { Domain = "local" }),
        ]));
    }

    /// <summary>z = If(x) with these nodes in one branch, the last of which produces "inner".</summary>
    private static NodeProto If(params NodeProto[] nodes)
    {
        var branch = new GraphProto { Name = "branch", Output = { Samples.Value("inner") } };
        branch.Node.AddRange(nodes);
        return Samples.Node("If", ["x"], ["z"], Samples.Graph("then_branch", branch));
    }
}
