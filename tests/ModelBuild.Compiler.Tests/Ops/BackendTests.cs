using System.Linq;
using ModelBuild.Testing;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>ONNX's own cases, which nobody here wrote, through the whole compiler.</summary>
public sealed class BackendTests(ITestOutputHelper output)
{
    // What passed when this was written; a change that loses cases is noticed. Raise it with new operators.
    private const int LeastPassed = 940;

    [SkippableFact]
    public void No_case_of_ONNX_gives_a_wrong_answer_or_a_misleading_error()
    {
        var cases = BackendCase.ReadAll(TestData.Require("onnx", "onnx-backend-tests.tar.xz"));
        var results = cases.Select(item => (item.Name, Outcome: BackendRun.Of(item))).ToArray();
        foreach (var group in results.GroupBy(item => item.Outcome.Result).OrderBy(group => group.Key))
        {
            output.WriteLine($"{group.Key}: {group.Count()}");
        }

        foreach (var (name, outcome) in results.Where(item => item.Outcome.Result is BackendResult.Unsupported or BackendResult.Failed or BackendResult.OutOfScope))
        {
            output.WriteLine($"{outcome.Result} {name}: {outcome.Reason}");
        }

        results.Where(item => item.Outcome.Result == BackendResult.Failed).Select(item => $"{item.Name}: {item.Outcome.Reason}").ShouldBeEmpty();
        results.Count(item => item.Outcome.Result is BackendResult.Passed or BackendResult.PassedWithConstants).ShouldBeGreaterThanOrEqualTo(LeastPassed);
    }
}
