namespace ModelBuild.Generator.Emission;

/// <summary>Writes the public methods of a model of which only the signature is known: an IDE completes them before the first build, and nobody can run them.</summary>
internal static class UnbuiltMembers
{
    public static void Write(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentSpans(code, model);
        code.Line(PredictSignature.Spans(model) + " => throw NotBuilt();");
        code.Line();
        PredictSignature.DocumentWorkspace(code, model);
        code.Line(PredictSignature.WithWorkspace(model) + " => throw NotBuilt();");
        if (model.Outputs.Count > 0)
        {
            code.Line();
            PredictSignature.DocumentArrays(code, model);
            code.Line(PredictSignature.Arrays(model) + " => throw NotBuilt();");
        }

        StateMembers.WriteUnbuilt(code, model);
        code.Line();
        code.Line("private static InvalidOperationException NotBuilt() =>");
        code.Continue($"new({Literals.Of($"{model.Plan.Source.File} has not been compiled yet: this class has only its signature. Build the project.")});");
        code.Line();
        PredictSignature.WriteWorkspaceSummary(code);
        code.Line("public sealed class Workspace;");
    }
}
