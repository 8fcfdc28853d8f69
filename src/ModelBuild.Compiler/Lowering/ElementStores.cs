using System.Linq;
using ModelBuild.Compiler.Ops;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Lowers a node whose output is known up to the sizes of this run, such as Shape: its elements are stored one by one.</summary>
internal static class ElementStores
{
    /// <summary>Emits the stores where the outputs are known; otherwise nothing, and gives false.</summary>
    public static bool TryLower(LowerContext context)
    {
        // What binds symbols cannot be made from them.
        if (context.Node.Op is Bind || context.Node.Outputs is not [{ Elements: { } elements } output])
        {
            return false;
        }

        foreach (var (index, element) in elements.Index())
        {
            // A truth value is 0 or 1 among the elements.
            Scalar value = output.Type.Element == ElementType.Bool ? element.Equals(Dim.One) : element;
            context.Call(typeof(Store), nameof(Store.Run), output, index, value);
        }

        return true;
    }
}
