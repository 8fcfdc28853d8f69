using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes the class of a model. This is the whole file, from top to bottom.</summary>
internal static class ModelClass
{
    /// <summary>The version that the emitted code names.</summary>
    public static string Version { get; } = typeof(ModelClass).Assembly.GetName().Version.ToString(3);

    public static string Write(ModelPlan plan, ProjectSettings project)
    {
        var model = new ModelContext(plan, project);
        var code = new CodeWriter();
        HeaderText.Write(code, model);
        code.Line("#nullable enable");
        code.Line();
        code.Line("using global::System;");
        code.Line("using global::System.CodeDom.Compiler;");
        if (!model.IsSignatureOnly)
        {
            if (model.SkipsLocalsInit)
            {
                code.Line("using global::System.Runtime.CompilerServices;");
            }

            code.Line("using global::ModelBuild.Kernels;");
        }

        code.Line();
        if (plan.Namespace.Length > 0)
        {
            code.Line($"namespace {NamespaceOf(plan)};");
            code.Line();
        }

        code.Line($"/// <summary>The model {Literals.Xml(plan.Source.File)}, compiled to C#.</summary>");
        code.Line($"[GeneratedCode(\"ModelBuild\", \"{Version}\")]");
        code.Open($"internal static partial class {Identifiers.Escape(plan.ClassName)}");
        SignatureMembers.Write(code, model);
        if (model.IsSignatureOnly)
        {
            UnbuiltMembers.Write(code, model);
        }
        else
        {
            PredictMembers.Write(code, model);
            StateMembers.Write(code, model);
            ArgumentMembers.Write(code, model);
            StepMembers.Write(code, model);
            ConstantMembers.Write(code, model);
        }

        code.Close();
        return code.ToString();
    }

    private static string NamespaceOf(ModelPlan plan) => string.Join(".", System.Array.ConvertAll(plan.Namespace.Split('.'), Identifiers.Escape));
}
