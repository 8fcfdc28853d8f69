namespace ModelBuild.Integration.Tests.Building;

/// <summary>A program with one small model, which prints the bits of its answers to fixed questions.</summary>
internal static class AdultProject
{
    /// <summary>The model as an item; <c>TestRanges</c> is there to change an option from the command line.</summary>
    public const string Content = """
        <PropertyGroup>
          <OutputType>Exe</OutputType>
          <RootNamespace>Census</RootNamespace>
        </PropertyGroup>
        <ItemGroup>
          <OptimizedModel Include="Models/adult.onnx" Bits="8" Calibration="Models/calibration/*.npy" Ranges="$(TestRanges)" />
        </ItemGroup>
        """;

    private const string Program = """
        using System;
        using System.Globalization;
        using Census;

        var input = new float[4 * 107];
        for (var i = 0; i < input.Length; i++)
        {
            input[i] = ((i * 37 % 101) - 50) / 50f;
        }

        var probabilities = new float[4 * 2];
        AdultModel.Predict(input, probabilities);
        foreach (var value in probabilities)
        {
            Console.Write(BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture));
        }
        """;

    public static TestProject Create(LocalFeed feed, string name, string content = Content, string targetFrameworks = "net10.0") =>
        new TestProject(feed, name, content, targetFrameworks)
            .Copy("Models/adult.onnx", "tests", "ModelBuild.Integration.Tests", "Models", "adult.onnx")
            .Copy("Models/calibration/1.npy", "tests", "ModelBuild.Integration.Tests", "Models", "calibration-1.npy")
            .Write("Program.cs", Program);
}
