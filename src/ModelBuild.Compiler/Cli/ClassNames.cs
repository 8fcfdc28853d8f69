using System.Text;

namespace ModelBuild.Compiler.Cli;

/// <summary>Makes the name of a class of the name of a file: <c>mnist-lenet_v2</c> becomes <c>MnistLenetV2Model</c>.</summary>
internal static class ClassNames
{
    public static string Of(string fileName)
    {
        var name = new StringBuilder();
        var upper = true;
        foreach (var c in fileName)
        {
            if (!char.IsLetterOrDigit(c))
            {
                upper = true;
                continue;
            }

            name.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        if (name.Length == 0 || char.IsDigit(name[0]))
        {
            name.Insert(0, "Model");
        }

        return name.Append("Model").ToString();
    }
}
