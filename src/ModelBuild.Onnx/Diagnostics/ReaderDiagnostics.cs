namespace ModelBuild.Onnx.Diagnostics;

/// <summary>
/// MB1xxx: everything that can be wrong with a model before anyone asks what its operators mean. MB100x is about the file, MB101x about
/// the model's header, MB102x and MB103x about names, MB104x about attributes and types, MB105x about tensors, MB106x about external data.
/// </summary>
public static class ReaderDiagnostics
{
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error;
    private const DiagnosticSeverity Warning = DiagnosticSeverity.Warning;

    private const string ExportAgain = "The exporter wrote an invalid model: report it there, or repair the file and try again.";
    private const string Damaged = "The file is damaged or was not copied completely: get it again.";

    /// <summary>No file has that name.</summary>
    public static readonly DiagnosticDescriptor FileNotFound = new("MB1001", Error, "The model file does not exist",
        "the file does not exist", "Check the path, which is relative to the project.");

    /// <summary>{0}: what the operating system says.</summary>
    public static readonly DiagnosticDescriptor FileUnreadable = new("MB1002", Error, "The model file cannot be read",
        "the file cannot be read: {0}", "Name a file that the build may read.");

    /// <summary>Zero bytes.</summary>
    public static readonly DiagnosticDescriptor FileEmpty = new("MB1003", Error, "The model file is empty",
        "the file is empty", Damaged);

    /// <summary>{0}: its bytes; {1}: the limit.</summary>
    public static readonly DiagnosticDescriptor FileTooLarge = new("MB1004", Error, "The model file is too large",
        "the file has {0} bytes, and protobuf allows {1}", "Export the model with its weights as external data.");

    /// <summary>{0}: offset; {1}: field path; {2}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor NotOnnx = new("MB1005", Error, "The file is not an ONNX model",
        "this is not an ONNX model: at byte {0}, in {1}, {2}", "Name a model in ONNX format, and check that it was not changed on its way.");

    /// <summary>{0}: offset; {1}: field path; {2}: bytes claimed; {3}: bytes left.</summary>
    public static readonly DiagnosticDescriptor FileTruncated = new("MB1006", Error, "The model file is cut off",
        "the file is cut off: at byte {0}, {1} needs {2} more bytes and {3} are left", Damaged);

    /// <summary>{0}: offset; {1}: field path; {2}: the limit.</summary>
    public static readonly DiagnosticDescriptor NestingTooDeep = new("MB1007", Error, "The model is nested too deeply",
        "messages are nested more than {2} deep at byte {0}, in {1}", "Flatten the nested subgraphs: 30 levels are possible.");

    /// <summary>{0}: offset; {1}: field path.</summary>
    public static readonly DiagnosticDescriptor InvalidUtf8 = new("MB1008", Error, "A name is not UTF-8",
        "the text of {1} at byte {0} is not UTF-8", ExportAgain);

    /// <summary>{0}: field path; {1}: offset; {2}: what there is too much of.</summary>
    public static readonly DiagnosticDescriptor LimitExceeded = new("MB1009", Error, "The model exceeds a limit of the reader",
        "{0} at byte {1} exceeds a limit: {2}", "No known model comes near: check that the file is what you think it is.");

    /// <summary>A text file of Git LFS in place of the model.</summary>
    public static readonly DiagnosticDescriptor GitLfsPointer = new("MB1010", Error, "The file is a Git LFS pointer",
        "this is the Git LFS pointer of a model and not the model itself", "Run 'git lfs install' and 'git lfs pull' in the repository.");

    /// <summary>{0}: the number found.</summary>
    public static readonly DiagnosticDescriptor IrVersionMissing = new("MB1011", Error, "The IR version is missing or invalid",
        "the IR version is {0}, and versions start at 1", "Check that the file is an ONNX model; " + "if it is, set ir_version and try again.");

    /// <summary>{0}: the number found; {1}: the newest known.</summary>
    public static readonly DiagnosticDescriptor IrVersionTooNew = new("MB1012", Error, "The IR version is too new",
        "the IR version is {0}, and this version of ModelBuild knows those up to {1}", "Update ModelBuild, or export for an older version of ONNX.");

    /// <summary>A header without a graph.</summary>
    public static readonly DiagnosticDescriptor GraphMissing = new("MB1013", Error, "The model has no graph",
        "the model has no graph", "Check that the file is an ONNX model and not a tensor or a checkpoint.");

    /// <summary>Since IR 3, opset_import must be there.</summary>
    public static readonly DiagnosticDescriptor OpsetMissing = new("MB1014", Error, "The model imports no operator set",
        "the model imports no operator set, so its operators have no defined meaning", "Export the model again, with opset_import.");

    /// <summary>{0}: domain; {1}: version; {2}: newest known.</summary>
    public static readonly DiagnosticDescriptor OpsetUnknown = new("MB1015", Error, "The operator set's version is unknown",
        "operator set {0} version {1} is unknown; the versions from 1 to {2} are known", "Update ModelBuild, or export for an older operator set.");

    /// <summary>{0}: domain.</summary>
    public static readonly DiagnosticDescriptor OpsetNotImported = new("MB1016", Error, "A node's operator set is not imported",
        "operator set {0} is not imported, so the operator has no defined meaning", ExportAgain);

    /// <summary>{0}: domain; {1}, {2}: versions.</summary>
    public static readonly DiagnosticDescriptor OpsetConflict = new("MB1017", Error, "An operator set is imported in two versions",
        "operator set {0} is imported in versions {1} and {2}", ExportAgain);

    /// <summary>training_info is present.</summary>
    public static readonly DiagnosticDescriptor TrainingInfoIgnored = new("MB1018", Warning, "Training information is ignored",
        "the model contains training information, which inference does not use", "Export the model for inference to make the file smaller.");

    /// <summary>{0}: what has no name.</summary>
    public static readonly DiagnosticDescriptor NameMissing = new("MB1020", Error, "A name is missing",
        "{0} has no name", ExportAgain);

    /// <summary>{0}: value; {1}, {2}: where it comes from.</summary>
    public static readonly DiagnosticDescriptor DuplicateValue = new("MB1021", Error, "A value is produced twice",
        "value {0} is produced twice, by {1} and by {2}", ExportAgain);

    /// <summary>{0}: value; {1}: input's number.</summary>
    public static readonly DiagnosticDescriptor UndefinedInput = new("MB1022", Error, "Nothing produces a node's input",
        "input {1}, {0}, is produced by no node, input or initializer", ExportAgain);

    /// <summary>{0}: value; {1}: graph or function.</summary>
    public static readonly DiagnosticDescriptor UndefinedOutput = new("MB1023", Error, "Nothing produces a graph's output",
        "output {0} of {1} is produced by no node, input or initializer", ExportAgain);

    /// <summary>{0}: graph or function; {1}: the nodes.</summary>
    public static readonly DiagnosticDescriptor Cycle = new("MB1024", Error, "Nodes depend on each other in a circle",
        "nodes of {0} depend on each other in a circle: {1}", "Express the iteration with Loop or Scan.");

    /// <summary>{0}: graph or function; {1}: a node; {2}: the node it depends on.</summary>
    public static readonly DiagnosticDescriptor NotSorted = new("MB1025", Warning, "Nodes are not in topological order",
        "nodes of {0} are not in topological order ({1} comes before {2}, on which it depends) and were sorted",
        "Other tools may refuse the model: report it to its exporter.");

    /// <summary>{0}: function.</summary>
    public static readonly DiagnosticDescriptor DuplicateFunction = new("MB1026", Error, "A function is defined twice",
        "function {0} is defined twice", ExportAgain);

    /// <summary>{0}: the functions.</summary>
    public static readonly DiagnosticDescriptor RecursiveFunction = new("MB1027", Error, "A function calls itself",
        "functions call each other in a circle: {0}", "Express the iteration with Loop or Scan.");

    /// <summary>{0}: attribute.</summary>
    public static readonly DiagnosticDescriptor DuplicateAttribute = new("MB1040", Error, "An attribute is given twice",
        "attribute {0} is given twice", ExportAgain);

    /// <summary>{0}: attribute; {1}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor AttributeInvalid = new("MB1041", Error, "An attribute does not hold what its type says",
        "attribute {0} {1}", ExportAgain);

    /// <summary>{0}: attribute; {1}: the attribute referred to.</summary>
    public static readonly DiagnosticDescriptor ReferenceOutsideFunction = new("MB1042", Error, "An attribute refers to a function's attribute outside a function",
        "attribute {0} takes its value from attribute {1} of a calling node, which only functions have", ExportAgain);

    /// <summary>{0}: what has the type; {1}: the number found.</summary>
    public static readonly DiagnosticDescriptor UnknownElementType = new("MB1043", Error, "An element type is unknown",
        "{0} has element type {1}, which is unknown", "Update ModelBuild, or export with another element type.");

    /// <summary>{0}: what has the type; {1}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor TypeInvalid = new("MB1044", Error, "A type is missing or invalid",
        "the type of {0} {1}", ExportAgain);

    /// <summary>{0}: tensor; {1}: dims; {2}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor DimsInvalid = new("MB1050", Error, "A tensor's dimensions are invalid",
        "tensor {0} has dimensions [{1}]: {2}", ExportAgain);

    /// <summary>{0}: tensor; {1}: type and dims; {2}: expected; {3}: found; {4}: unit.</summary>
    public static readonly DiagnosticDescriptor TensorSizeMismatch = new("MB1051", Error, "A tensor's data does not fit its dimensions",
        "tensor {0} of type {1} needs {2} {4} and has {3}", ExportAgain);

    /// <summary>{0}: tensor; {1}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor TensorDataInvalid = new("MB1052", Error, "A tensor's data is stored in an invalid way",
        "tensor {0} {1}", ExportAgain);

    /// <summary>{0}: tensor; {1}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor SparseTensorInvalid = new("MB1053", Error, "A sparse tensor is invalid",
        "sparse tensor {0} {1}", ExportAgain);

    /// <summary>{0}: tensor; {1}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor ExternalDataInvalid = new("MB1060", Error, "External data is described in an invalid way",
        "the external data of tensor {0} {1}", ExportAgain);

    /// <summary>{0}: tensor; {1}: location.</summary>
    public static readonly DiagnosticDescriptor ExternalDataNotFound = new("MB1061", Error, "An external data file does not exist",
        "tensor {0} is stored in the file {1}, which does not exist beside the model", "Copy the data file together with the model, under its original name.");

    /// <summary>{0}: tensor; {1}: location; {2}: how it leaves.</summary>
    public static readonly DiagnosticDescriptor ExternalDataOutside = new("MB1062", Error, "External data lies outside the model's folder",
        "tensor {0} is stored in {1}, which {2}: a model may read only from its own folder", "Put the data file itself (and no link to it) into the model's folder.");

    /// <summary>{0}: tensor; {1}: location; {2}: offset; {3}: length; {4}: file's length.</summary>
    public static readonly DiagnosticDescriptor ExternalDataTooShort = new("MB1063", Error, "An external data file is too short",
        "tensor {0} takes {3} bytes from byte {2} of {1}, which has {4}", "The data file is damaged or belongs to another model: get both again.");

    /// <summary>{0}: tensor; {1}: location; {2}: what the operating system says.</summary>
    public static readonly DiagnosticDescriptor ExternalDataUnreadable = new("MB1064", Error, "An external data file cannot be read",
        "tensor {0} is stored in {1}, which cannot be read: {2}", "Let the build read the file.");

    /// <summary>{0}: tensor; {1}: location.</summary>
    public static readonly DiagnosticDescriptor ExternalDataOverlaps = new("MB1065", Error, "External tensors overlap",
        "tensor {0} lies across others in {1}: together they are larger than the file", ExportAgain);
}
