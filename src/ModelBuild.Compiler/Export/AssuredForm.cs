using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Export;

/// <summary>
/// A value on a condition as an If whose other branch cannot be run: it reads behind the end of a tensor. It would give another rank, as the other branch of the model did.
/// </summary>
internal static class AssuredForm
{
    public static bool Write(FormContext f)
    {
        var (value, condition) = (f.Node.Inputs[0]!, f.Node.Inputs[1]!);
        Graph Branch(string name, System.Func<FormContext, Value, Value> make)
        {
            var (inner, holds) = (Value.Of(value.Name, value.Type), Value.Of(condition.Name, condition.Type));
            var result = Value.Of($"{f.Node.Output.Name}_{name}", f.Node.Output.Type);
            var within = new FormContext(f.Graph, new Node(new Identity(), 1, [inner, holds], [result], Attributes.None, f.Node.Origins));
            within.Output(0, make(within, holds));
            Node[] nodes = [.. within.Finish()];
            return new Graph(name, [], [inner, holds], [new GraphOutput(result.Name, result)], nodes);
        }

        var then = Branch("then", (within, _) => within.Node.Inputs[0]!);
        var otherwise = Branch("else", (within, holds) =>
        {
            // The index is known to nobody before the run.
            var zero = within.Add("Cast", Attributes.Of(("to", (long)ElementType.Int64)), holds);
            var behind = within.Add("Add", within.Add("Size", within.Node.Inputs[0]), within.Add("Reshape", zero, FormContext.Constant(value.Type.Rank == 1 ? [1, 1] : [1])));
            var two = within.Add("Concat", Attributes.Of(("axis", 0)), behind, behind);
            return within.Add("Gather", within.Add("Reshape", within.Node.Inputs[0], FormContext.Constant(-1)), two);
        });
        var result = f.Add(new If(), Attributes.Of(("then_branch", then), ("else_branch", otherwise)), [condition, value, condition], f.Node.Output.Type)[0]!;
        f.Output(0, result);
        return true;
    }
}
