/** The build hands a style sheet imported `with` text to the code as one string. */
declare module "*.css" {
  const text: string;
  export default text;
}
